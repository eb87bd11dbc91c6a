/**
 * Rules: what a smart album holds, as a small tree. People and albums are referenced by id and follow unions; the text form
 * (`rule-parser.ts`, `rule-printer.ts`) shows their current names.
 *
 * Limits: depth 16, 200 nodes (each person of an `only` counts as one), texts of 200 UTF-16 units, text form of 10,000.
 */
import type { AlbumId, PersonId } from "../ids/ids.ts";

/** Sizes that parser and codec enforce. */
export const ruleLimits = { depth: 16, nodes: 200, text: 200, textForm: 10_000, faces: 1000, days: 100_000 } as const;

/** One node. */
export type Rule =
  /** At least two rules. */
  { readonly kind: "all" | "any"; readonly rules: readonly Rule[] } | { readonly kind: "not"; readonly rule: Rule } | Clause;

/** A leaf: what is asked of a photo. */
export type Clause =
  /** A confirmed or sure face of that person is on it. */
  | { readonly kind: "person"; readonly person: PersonId }
  /** There are faces on it, and each is a confirmed or sure face of one of these people. */
  | { readonly kind: "only"; readonly people: readonly PersonId[] }
  /** So many faces that nobody ignored; `max` null for no limit. */
  | { readonly kind: "faces"; readonly min: number; readonly max: number | null }
  /** Taken in these days by the photo's own wall clock: "YYYY", "YYYY-MM" or "YYYY-MM-DD", both included; null for no limit. */
  | { readonly kind: "taken"; readonly from: string | null; readonly to: string | null }
  /** Taken today or at most so many days before: depends on the day. */
  | { readonly kind: "recent"; readonly days: number }
  /** At most `meters` from a place in 1e-7 degrees. */
  | { readonly kind: "within"; readonly latitude: number; readonly longitude: number; readonly meters: number }
  /** The camera's name contains the text, whatever its case. */
  | { readonly kind: "camera"; readonly text: string }
  /** The media type is this ("image/jpeg"), or its second half is ("jpeg"). */
  | { readonly kind: "type"; readonly text: string }
  /** Caption or file name contains the text, whatever its case. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "album"; readonly album: AlbumId }
  | { readonly kind: "favourite" }
  /** A face on it that nobody ignored is nobody's, confirmed or sure. */
  | { readonly kind: "unnamed" }
  /** A person who is hidden is on it. */
  | { readonly kind: "hidden" };

/** Every node of `rule`, itself first, in the order of the text form. */
export function ruleNodes(rule: Rule): readonly Rule[] {
  switch (rule.kind) {
    case "all":
    case "any":
      return [rule, ...rule.rules.flatMap(ruleNodes)];
    case "not":
      return [rule, ...ruleNodes(rule.rule)];
    default:
      return [rule];
  }
}

/** Why `rule` is beyond the limits, as one sentence, or null where it is not. */
export function ruleExcess(rule: Rule): string | null {
  if (ruleDepth(rule) > ruleLimits.depth) return `it nests deeper than ${ruleLimits.depth}`;
  const nodes = ruleNodes(rule).reduce((sum, node) => sum + (node.kind === "only" ? 1 + node.people.length : 1), 0);
  return nodes > ruleLimits.nodes ? `it has more than ${ruleLimits.nodes} parts` : null;
}

function ruleDepth(rule: Rule): number {
  switch (rule.kind) {
    case "all":
    case "any":
      return 1 + rule.rules.reduce((deepest, part) => Math.max(deepest, ruleDepth(part)), 0);
    case "not":
      return 1 + ruleDepth(rule.rule);
    default:
      return 1;
  }
}
