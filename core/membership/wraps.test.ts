import fc from "fast-check";
import { expect, test } from "vitest";
import type { EpochKey } from "../crypto/keys.ts";
import type { EpochId, RecordHash } from "../ids/ids.ts";
import { leadingTo, reachable, trueWraps, type Leads } from "./wraps.ts";

const idOf = (letter: string): EpochId => letter.repeat(64) as EpochId;
const keyOf = (letter: string): EpochKey => new Uint8Array(32).fill(letter.charCodeAt(0)) as EpochKey;
/** "ab ca": a leads to b, c leads to a. */
function leadsOf(edges: string): Leads {
  const pairs = edges.split(" ").filter((pair) => pair !== "");
  return (epoch) => pairs.filter(([from]) => from === epoch[0]).map(([, to]) => idOf(to ?? ""));
}
const letters = (epochs: Iterable<EpochId>): string => [...epochs].map((epoch) => epoch[0]).join("");
const leading = (wanted: string, edges: string): string => letters(leadingTo([...wanted].map(idOf), leadsOf(edges)));

test("a wrap is true where its key is the one that is held", () => {
  const keys = new Map([..."abc"].map((letter) => [idOf(letter), keyOf(letter)]));
  const wraps = [
    { epoch: idOf("b"), key: keyOf("b") },
    { epoch: idOf("c"), key: keyOf("b") },
    { epoch: idOf("d"), key: keyOf("d") },
  ];
  const leads = trueWraps(keys, new Map([[idOf("a") as string as RecordHash, { wraps }]]));
  expect(letters(leads(idOf("a")))).toBe("b");
  expect(leads(idOf("b"))).toEqual([]);
});

test("reachable is what wraps lead to, over any number of steps and through circles", () => {
  expect(letters([...reachable([idOf("a")], leadsOf("ab bc ca xd"))].sort())).toBe("abc");
  expect(letters(reachable([], leadsOf("ab")))).toBe("");
});

test("as few as lead to all: only those that no other leads to", () => {
  expect(leading("", "")).toBe("");
  expect(leading("cab", "")).toBe("abc");
  expect(leading("abc", "cb ba")).toBe("c");
  expect(leading("abcd", "ca cb da")).toBe("cd");
  // What wraps itself is led to by no other.
  expect(leading("ab", "aa ab")).toBe("a");
  expect(leading("aab", "")).toBe("ab");
});

test("a circle is opened at its least, unless something outside leads into it", () => {
  expect(leading("abc", "ab bc ca")).toBe("a");
  expect(leading("abcd", "ab ba cd dc")).toBe("ac");
  expect(leading("abz", "ab ba za")).toBe("z");
  // A circle that leads on: what it leads to is not chosen as well.
  expect(leading("abc", "ab ba bc")).toBe("a");
});

test("whatever the wraps, the chosen lead to all that is wanted, and come sorted", () => {
  const graph = fc.tuple(
    fc.uniqueArray(fc.constantFrom(..."abcdef"), { maxLength: 6 }),
    fc.array(fc.tuple(fc.constantFrom(..."abcdef"), fc.constantFrom(..."abcdef")), { maxLength: 12 }),
  );
  fc.assert(
    fc.property(graph, ([wanted, pairs]) => {
      const leads = leadsOf(pairs.map((pair) => pair.join("")).join(" "));
      const chosen = leadingTo(wanted.map(idOf), leads);
      expect([...reachable(chosen, leads)]).toEqual(expect.arrayContaining(wanted.map(idOf)));
      expect(chosen).toEqual([...chosen].sort());
      for (const one of chosen) expect(wanted.map(idOf)).toContain(one);
    }),
    { seed: 1, numRuns: 500 },
  );
});
