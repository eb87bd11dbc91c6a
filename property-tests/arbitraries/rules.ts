/** Rules of every kind, within the limits, over a few people and albums. */
import fc from "fast-check";
import type { RuleNames } from "@albumen/core/albums/name-table.ts";
import type { Clause, Rule } from "@albumen/core/albums/rule.ts";
import type { AlbumId, PersonId } from "@albumen/core/ids/ids.ts";

const digits = (count: number, first: string): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${first}${i}`.padEnd(31, "0") + i.toString(16));

/** Ids that rules refer to; the last of each has no name. */
export const rulePeople: readonly PersonId[] = digits(6, "a") as PersonId[];
/** See `rulePeople`. */
export const ruleAlbums: readonly AlbumId[] = digits(3, "b") as AlbumId[];

const text = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
const day = fc
  .tuple(
    fc.integer({ min: 1900, max: 2100 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([year, month, date, parts]) =>
    [year, month, date]
      .slice(0, parts)
      .map((part) => part.toString().padStart(2, "0"))
      .join("-"),
  );

/** Names for some of the ids, drawn so that several share one, some are aliases and some hold odd characters. */
export const ruleNames: fc.Arbitrary<RuleNames> = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom("Anna", "anna", 'a"\\'), text), fc.constantFrom<0 | 1 | 2>(0, 0, 1, 2)), {
    minLength: 8,
    maxLength: 8,
  })
  .map((drawn) => ({
    people: rulePeople.slice(0, -1).map((id, i) => ({ id, name: drawn[i]?.[0] ?? "", rank: drawn[i]?.[1] ?? 0 })),
    albums: ruleAlbums.slice(0, -1).map((id, i) => ({ id, name: drawn[6 + i]?.[0] ?? "", rank: 0 as const })),
  }));

/** Leaves of every kind. */
export const clauses: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({ kind: fc.constant("person" as const), person: fc.constantFrom(...rulePeople) }),
  fc.record({
    kind: fc.constant("only" as const),
    people: fc.array(fc.constantFrom(...rulePeople), { minLength: 1, maxLength: 4 }),
  }),
  fc
    .tuple(fc.nat(9), fc.option(fc.nat(9)))
    .map(([min, more]): Clause => ({ kind: "faces", min, max: more === null ? null : min + more })),
  fc
    .tuple(fc.option(day), fc.option(day))
    .filter(([from, to]) => from !== null || to !== null)
    .map(
      ([a, b]): Clause => ({
        kind: "taken",
        from: a !== null && b !== null && a > b ? b.slice(0, 4) : a,
        to: a !== null && b !== null && a > b ? a : b,
      }),
    ),
  fc.record({ kind: fc.constant("recent" as const), days: fc.nat(400) }),
  fc.record({
    kind: fc.constant("within" as const),
    latitude: fc.integer({ min: -900_000_000, max: 900_000_000 }),
    longitude: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }),
    meters: fc.integer({ min: 1, max: 20_000_000 }),
  }),
  fc.record({ kind: fc.constantFrom("camera" as const, "type" as const, "text" as const), text }),
  fc.record({ kind: fc.constant("album" as const), album: fc.constantFrom(...ruleAlbums) }),
  fc.record({ kind: fc.constantFrom("favourite" as const, "unnamed" as const, "hidden" as const) }),
);

/** Whole rules. */
export const rules: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    clauses,
    tie("rule").map((rule): Rule => ({ kind: "not", rule })),
    fc.record({
      kind: fc.constantFrom("all" as const, "any" as const),
      rules: fc.array(tie("rule"), { minLength: 2, maxLength: 4 }),
    }),
  ),
})).rule;
