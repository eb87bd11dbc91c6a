import { expect, test } from "vitest";
import { type Candidate, select, selectNamed } from "./select.ts";

const people: readonly Candidate<string>[] = [
  { value: "Anna", id: "aaaa1111", names: ["Anna", "Annie"] },
  { value: "Annabel", id: "aaaa2222", names: ["Annabel"] },
  { value: "Ben", id: "bbbb1111", names: ["Ben"] },
  { value: "ben", id: "bbbb2222", names: ["ben"] },
  { value: "nobody", id: "cccc1111", names: [] },
];
const chosen = (word: string) => {
  const result = select("person", word, people);
  return result.ok ? result.value : result.error.reason;
};

test("a whole name wins over longer ones that begin with it", () => expect(chosen("Anna")).toBe("Anna"));
test("an alias is a name", () => expect(chosen("Annie")).toBe("Anna"));
test("exact capitals win over other capitals", () => expect(chosen("ben")).toBe("ben"));
test("other capitals do where nothing is exact", () => expect(chosen("ANNABEL")).toBe("Annabel"));
test("the beginning of a name does", () => expect(chosen("annab")).toBe("Annabel"));
test("four digits of an id do", () => expect(chosen("cccc")).toBe("nobody"));
test("three digits of an id do not", () =>
  expect(chosen("ccc")).toMatch(/^there is no person "ccc"; there is Anna \(aaaa1111\)/));

test("several fits are named with their ids, in one line", () => {
  expect(chosen("aaaa")).toBe('"aaaa" could be Anna (aaaa1111), Annabel (aaaa2222); say which by its id');
  expect(chosen("BEN")).toMatch(/^"BEN" could be Ben \(bbbb1111\), ben \(bbbb2222\)/);
});

test("an unknown word is answered with names that hold it", () => {
  expect(chosen("nabel")).toBe('there is no person "nabel"; there is Annabel (aaaa2222)');
});

test("where there is nothing to choose from, the answer says so", () => {
  expect(select("album", "Family", [])).toEqual({
    ok: false,
    error: { code: 2, reason: 'there is no album "Family"; there is none at all yet' },
  });
});

test("a refusal names six and counts the rest", () => {
  const many = Array.from({ length: 9 }, (_, at) => ({ value: at, id: `dddd000${at}`, names: [`P${at}`] }));
  const refused = select("person", "P", many);
  expect(refused.ok ? "" : refused.error.reason).toMatch(/P5 \(dddd0005\) and 3 more/);
});

test("a word that may be a new name fits whole names and ids only", () => {
  expect(selectNamed("An", people)).toEqual({ ok: true, value: null });
  expect(selectNamed("Anna", people)).toEqual({ ok: true, value: "Anna" });
});
