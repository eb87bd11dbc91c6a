/**
 * Memo: what evaluating a membership found out about single records, so that the next evaluation, with one record more, does not
 * check every signature and open every box again. It changes what an evaluation costs, never what it gives: each answer depends
 * on the record's own bytes and on keys that met their commitment.
 */
import type { RecordHash } from "../ids/ids.ts";
import { equalBytes } from "../primitives/bytes.ts";
import type { RosterContext } from "../roster/roster.ts";
import type { PrivatePart } from "./private-part.ts";

/** The memory of one holder of keys in one library. */
export interface MembershipMemo {
  /** `verify`, each signature once. */
  readonly remember: (verify: RosterContext["verify"]) => RosterContext["verify"];
  /** The key in the box of `record` with that purpose, opened by `open` at the first call. */
  readonly box: (record: RecordHash, purpose: "epoch" | "secret" | "seal", open: () => Uint8Array | null) => Uint8Array | null;
  /** The private part of `record`, opened by `open` at the first call; null where it is malformed. */
  readonly privatePart: (record: RecordHash, open: () => PrivatePart | null) => PrivatePart | null;
}

/** An empty memory. */
export function createMembershipMemo(): MembershipMemo {
  const answers = new WeakMap<Uint8Array, { readonly message: Uint8Array; readonly answer: boolean }>();
  const boxes = new Map<string, Uint8Array | null>();
  const parts = new Map<RecordHash, PrivatePart | null>();
  return {
    remember: (verify) => (kind, message, signature, device) => {
      // A statement's signature is one array for as long as the record is held, and names its device in the message.
      const known = answers.get(signature);
      if (known !== undefined && equalBytes(known.message, message)) return known.answer;
      const answer = verify(kind, message, signature, device);
      answers.set(signature, { message, answer });
      return answer;
    },
    box: (record, purpose, open) => remembered(boxes, `${record} ${purpose}`, open),
    privatePart: (record, open) => remembered(parts, record, open),
  };
}

function remembered<K, V>(memory: Map<K, V>, key: K, find: () => V): V {
  const known = memory.get(key);
  if (known !== undefined || memory.has(key)) return known as V;
  const found = find();
  memory.set(key, found);
  return found;
}
