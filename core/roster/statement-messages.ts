/** What is signed inside statements: by the words in a `create`, by the added key in an `add`. Canonical CBOR. */
import { idToBytes, type DeviceId, type LibraryId } from "../ids/ids.ts";
import { encodeCbor } from "../primitives/cbor.ts";
import { boxesToCbor, epochToCbor } from "./statement-parts.ts";
import type { AddStatement, CreateStatement } from "./statement.ts";

/** What the words sign in a `create`: everything in it but their signature, and the founder. */
export function createMessage(founder: DeviceId, statement: CreateStatement): Uint8Array {
  const { seal, words, wordsSeal, secretCommitment, secrets, epoch } = statement;
  const keys = [idToBytes(founder), seal, idToBytes(words), wordsSeal, secretCommitment];
  return encodeCbor([...keys, boxesToCbor(secrets), epochToCbor(epoch)]);
}

/** What an added key signs: that it wants to join this library, through this adder, in this role, at this state of the roster. */
export function addMessage(
  library: LibraryId,
  adder: DeviceId,
  added: Pick<AddStatement, "device" | "seal" | "words" | "parents">,
): Uint8Array {
  const { device, seal, words, parents } = added;
  return encodeCbor([idToBytes(library), idToBytes(adder), idToBytes(device), seal, words, parents.map(idToBytes)]);
}
