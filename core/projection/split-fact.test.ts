import { expect, test } from "vitest";
import { encodeFact, parseFact } from "../facts/fact-codec.ts";
import { factToStatements } from "../facts/statement.ts";
import type { FactId, PersonId, PhotoId } from "../ids/ids.ts";
import { splitFact } from "./split-fact.ts";

const id = (number: number): string => number.toString(16).padStart(32, "0");
const many = Array.from({ length: 25_001 }, (_, i) => id(i));

test("a fact about 25,001 subjects becomes three that say the same, each within the limits", () => {
  const split = splitFact({ kind: "trash", photos: many as PhotoId[] });
  expect(split.map((fact) => factToStatements(fact).length)).toEqual([10_000, 10_000, 5001]);
  expect(split.flatMap((fact) => (fact.kind === "trash" ? fact.photos : []))).toEqual(many);
  for (const fact of split) expect(parseFact(encodeFact(fact))).toMatchObject({ ok: true, value: { fact } });
});

test("so does a retract, and what fits stays as it is", () => {
  const targets = many.map((fact) => ({ fact: fact as FactId, index: 0 }));
  expect(splitFact({ kind: "retract", targets }).map((fact) => factToStatements(fact).length)).toEqual([10_000, 10_000, 5001]);
  const name = { kind: "name", person: id(1) as PersonId, text: "Anna" } as const;
  expect(splitFact(name)).toEqual([name]);
});
