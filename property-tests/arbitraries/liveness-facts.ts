/** Small, dense sets of facts: few faces, people and heights, so that edges, retracts and voids meet often. */
import fc from "fast-check";
import type { LivenessFact } from "@albumen/core/facts/liveness.ts";
import type { Statement } from "@albumen/core/facts/statement.ts";
import type { FaceId } from "@albumen/core/ids/face.ts";
import type { FactId, PersonId, PhotoId } from "@albumen/core/ids/ids.ts";

interface Draft {
  readonly kind: "assign" | "deny" | "ignore" | "trash" | "retract";
  readonly faces: readonly number[];
  readonly person: number;
  readonly height: number;
  readonly isVoid: boolean;
  readonly references: readonly { readonly back: number; readonly index: number }[];
}

const draft: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom("assign", "assign", "deny", "deny", "ignore", "trash", "retract"),
  faces: fc.uniqueArray(fc.nat(1), { minLength: 1, maxLength: 2 }),
  person: fc.nat(1),
  height: fc.nat(12),
  isVoid: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
  references: fc.array(fc.record({ back: fc.nat(6), index: fc.nat(1) }), { maxLength: 4 }),
});

/** Facts that refer only to facts before them, as hashes force them to; heights are whatever their authors claim. */
export const livenessFacts: fc.Arbitrary<readonly LivenessFact[]> = fc
  .array(draft, { minLength: 1, maxLength: 9 })
  .map((drafts) => drafts.map((one, position) => createFact(one, position)));

function createFact(one: Draft, position: number): LivenessFact {
  const references = one.references
    .filter(({ back }) => back < position)
    .map(({ back, index }) => ({ fact: idOf(position - 1 - back), index }));
  return {
    id: idOf(position),
    height: one.height,
    isVoid: one.isVoid,
    statements:
      one.kind === "retract"
        ? references.map((target) => ({ kind: "retract", target }))
        : one.faces.map((face) => stateAbout(one, face)),
    supersedes: one.kind === "retract" ? [] : references,
  };
}

function stateAbout({ kind, person }: Draft, number: number): Statement {
  const face = `face ${number}` as FaceId;
  if (kind === "assign" || kind === "deny") return { kind, face, person: `person ${person}` as PersonId };
  return kind === "trash" ? { kind, photo: `photo ${number}` as PhotoId } : { kind: "ignore", face };
}

function idOf(position: number): FactId {
  return position.toString(16).padStart(32, "0") as FactId;
}
