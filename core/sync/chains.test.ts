import { describe, expect, test } from "vitest";
import type { DeviceId, RecordHash } from "../ids/ids.ts";
import { createChains, type ChainLink, type Chains } from "./chains.ts";

const [a, b] = ["a".repeat(64), "b".repeat(64)] as [DeviceId, DeviceId];
const hash = (name: string): RecordHash => name as RecordHash;
const link = (device: DeviceId, sequence: number, name: string, previous: string | null): ChainLink => ({
  device,
  sequence,
  hash: hash(name),
  previous: previous as RecordHash | null,
});

function chainsOf(...links: readonly ChainLink[]): Chains {
  const chains = createChains();
  for (const one of links) chains.add(one);
  return chains;
}

const straight = [link(a, 1, "a1", null), link(a, 2, "a2", "a1"), link(a, 3, "a3", "a2"), link(b, 1, "b1", null)];

/** Everything that can be asked of chains. */
function answers(chains: Chains): unknown {
  return [chains.frontiers(), chains.tips(a), chains.tips(b), chains.forks(), chains.missing()];
}

describe("chains", () => {
  test("the order and repetition of records change nothing", () => {
    const fork = [...straight, link(a, 2, "a2'", "a1"), link(a, 3, "a3'", "a2'")];
    const once = answers(chainsOf(...fork));
    expect(answers(chainsOf(...fork.toReversed()))).toEqual(once);
    expect(answers(chainsOf(...fork, ...fork))).toEqual(once);
  });

  test("the frontier is the furthest record, and the tip is what nothing follows", () => {
    const chains = chainsOf(...straight);
    expect(chains.frontiers()).toEqual([
      { device: a, sequence: 3, hash: "a3" },
      { device: b, sequence: 1, hash: "b1" },
    ]);
    expect(chains.tips(a)).toEqual([{ device: a, sequence: 3, hash: "a3" }]);
    expect(chains.frontier("c".repeat(64) as DeviceId)).toBeNull();
    expect([chains.previousOf(hash("a3")), chains.previousOf(hash("a1")), chains.previousOf(hash("x"))]).toEqual([
      "a2",
      null,
      null,
    ]);
  });

  test("two records at one place are a fork with two tips; the frontier is the lower hash", () => {
    const chains = chainsOf(...straight, link(a, 3, "a3'", "a2"));
    expect(chains.forks()).toEqual([{ device: a, sequence: 3, hashes: ["a3", "a3'"] }]);
    expect(chains.tips(a).map((tip) => tip.hash)).toEqual(["a3", "a3'"]);
    expect(chains.frontier(a)?.hash).toBe("a3");
    expect(chainsOf(...straight).forks()).toEqual([]);
  });

  test("a gap names the record that a later one follows, until it comes", () => {
    const [first, second, third] = straight as [ChainLink, ChainLink, ChainLink];
    const chains = chainsOf(first, third);
    expect(chains.missing()).toEqual([{ device: a, sequence: 2, hash: "a2", toldBy: [a] }]);
    chains.add(second);
    expect(chains.missing()).toEqual([]);
  });

  test("what another device has seen and is not here is missing, and says who tells so", () => {
    const chains = chainsOf(...straight);
    chains.noteSeen(b, [
      { device: a, sequence: 3, hash: hash("a3") },
      { device: a, sequence: 5, hash: hash("a5") },
    ]);
    expect(chains.missing()).toEqual([{ device: a, sequence: 5, hash: "a5", toldBy: [b] }]);
    chains.add(link(a, 5, "a5", "a4"));
    expect(chains.missing()).toEqual([{ device: a, sequence: 4, hash: "a4", toldBy: [a] }]);
  });

  test("a device vouches for its own chain only", () => {
    const chains = chainsOf(link(b, 4, "b4", "a3"));
    expect(chains.isFollowed({ device: b, sequence: 3, hash: hash("a3") })).toBe(true);
    expect(chains.isFollowed({ device: a, sequence: 3, hash: hash("a3") })).toBe(false);
    expect(chains.isFollowed({ device: b, sequence: 2, hash: hash("a3") })).toBe(false);
  });
});
