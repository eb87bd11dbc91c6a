/**
 * Policy: which changes a kind of document allows. The log carries any Automerge change; what it may do is decided here and
 * handed in: documents of facts take bytes under the ids of facts and nothing else, free documents any operation within caps.
 */
import { factId } from "../facts/fact-id.ts";
import type { StatedFact } from "../facts/verified-record.ts";
import type { DeviceId, RecordHash } from "../ids/ids.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import { actorPrefix } from "./author.ts";
import type { ChangeRefusal } from "./change-guard.ts";
import { verifyFreeChange, type FreeChange } from "./free-change.ts";
import { verifyChange } from "./verify-change.ts";

/** Where facts are stated: their author's chain, and the number in the record of the first of them. */
export interface FactPlace {
  readonly device: DeviceId;
  readonly previous: RecordHash | null;
  readonly index: number;
}

/** Which changes are allowed, by kind of document. */
export interface ChangePolicy {
  /** The facts that a change states. */
  readonly facts: (bytes: Uint8Array, place: FactPlace) => Result<readonly StatedFact[], ChangeRefusal>;
  readonly document: (bytes: Uint8Array) => Result<FreeChange, ChangeRefusal>;
}

/** Documents of facts, and free documents. */
export const factsAndFreeDocuments: ChangePolicy = { facts: verifyFacts, document: verifyFreeChange };

/** The keys that a change puts are the ids of its facts, so nobody squats an id. */
function verifyFacts(bytes: Uint8Array, { device, previous, index }: FactPlace): Result<readonly StatedFact[], ChangeRefusal> {
  const change = verifyChange(bytes, actorPrefix(device));
  if (!change.ok) return change;
  const facts: StatedFact[] = [];
  for (const { key, value } of change.value.entries) {
    const id = factId(device, previous, index + facts.length, value);
    if ((id as string) !== key) return err({ kind: "refused-change", reason: "a fact stands under an id that is not its own" });
    facts.push({ id, bytes: value });
  }
  return ok(facts);
}
