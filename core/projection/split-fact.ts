/** Splitting: a fact about more subjects than one fact may hold becomes several of the same event. */
import { factLimits, type Fact } from "../facts/fact.ts";

/** `fact`, or several that together say the same, each within the limits. */
export function splitFact(fact: Fact): readonly Fact[] {
  if ("faces" in fact) return chunks(fact.faces).map((faces) => ({ ...fact, faces }));
  if ("photos" in fact) return chunks(fact.photos).map((photos) => ({ ...fact, photos }));
  return fact.kind === "retract" ? chunks(fact.targets).map((targets) => ({ ...fact, targets })) : [fact];
}

function chunks<T>(subjects: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(subjects.length / factLimits.subjects);
  return Array.from({ length: count }, (_, i) => subjects.slice(i * factLimits.subjects, (i + 1) * factLimits.subjects));
}
