/**
 * Key boxes: a key sealed to one member and bound to its context, so that a box cannot be moved to another library, epoch,
 * recipient or purpose. Inside the sealed box: the labelled hash of [purpose, library or null, ids, recipient] (32) ‖ key (32).
 *
 *   purpose  ids               where
 *   epoch    parents           `epoch.boxes` of the record that founds the epoch
 *   secret                     `secrets` of `create` and `add`
 *   seal     the sealed epoch  `seal`; no id for the library's secret
 */
import { labelledHash } from "../crypto/hash.ts";
import type { MemberKeys } from "../crypto/keys.ts";
import { openBox, sealBox } from "../crypto/sealed-box.ts";
import { idToBytes, type DeviceId, type EpochId, type LibraryId } from "../ids/ids.ts";
import type { Random } from "../ports/random.ts";
import { concatBytes, equalBytes } from "../primitives/bytes.ts";
import { encodeCbor } from "../primitives/cbor.ts";

/** Where a box belongs. */
export interface BoxContext {
  readonly purpose: "epoch" | "secret" | "seal";
  /** As in the record's header: null in the `create`. */
  readonly library: LibraryId | null;
  readonly ids: readonly EpochId[];
}

/** Who gets a box. */
export interface Recipient {
  readonly device: DeviceId;
  readonly seal: Uint8Array;
}

/** `key` (32 bytes) in a box for `recipient`; 112 bytes. */
export function sealKeyBox(key: Uint8Array, recipient: Recipient, context: BoxContext, random: Random): Uint8Array {
  return sealBox(concatBytes(contextHash(recipient.device, context), key), recipient.seal, random);
}

/** The key in `box`, or null where it was not sealed to `keys` for this context. */
export function openKeyBox(box: Uint8Array, keys: MemberKeys, context: BoxContext): Uint8Array | null {
  const opened = openBox(box, keys);
  if (opened?.length !== 64) return null;
  return equalBytes(opened.subarray(0, 32), contextHash(keys.device, context)) ? opened.slice(32) : null;
}

function contextHash(recipient: DeviceId, { purpose, library, ids }: BoxContext): Uint8Array {
  const place = [purpose, library === null ? null : idToBytes(library), ids.map(idToBytes), idToBytes(recipient)];
  return labelledHash("albumen key box 1", encodeCbor(place));
}
