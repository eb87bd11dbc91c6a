import { expect, test } from "vitest";
import type { DeviceId, RecordHash } from "../ids/ids.ts";
import type { MembershipRecord } from "../roster/roster.ts";
import { cutOffAt } from "./cut-off.ts";

const device = "d".repeat(64) as DeviceId;
const hashAt = (sequence: number, branch = "a"): RecordHash => `${branch}${String(sequence).padStart(63, "0")}` as RecordHash;

/** A chain of `length` records, each hash after the one before. */
function previousIn(length: number): (hash: RecordHash) => RecordHash | null {
  return (hash) => {
    const sequence = Number(hash.slice(1));
    return sequence > 1 && sequence <= length ? hashAt(sequence - 1, hash[0]) : null;
  };
}

function membershipAt(sequence: number, branch = "a"): MembershipRecord {
  const epoch = { parents: [], commitment: new Uint8Array(32), boxes: [] };
  return { device, sequence, hash: hashAt(sequence, branch), statement: { kind: "rotate", epoch } };
}

test("a cut-off names what was seen and every membership record before it, each once, the newest first", () => {
  const own = [membershipAt(1), membershipAt(4), membershipAt(9)];
  const seen = [{ sequence: 7, hash: hashAt(7) }];
  expect(cutOffAt(seen, own, previousIn(9)).map(({ sequence }) => sequence)).toEqual([7, 4, 1]);
  expect(cutOffAt([{ sequence: 4, hash: hashAt(4) }], own, previousIn(9)).map(({ sequence }) => sequence)).toEqual([4, 1]);
});

test("a cut-off names nothing of another branch, and nothing beyond a gap", () => {
  const own = [membershipAt(2), membershipAt(5, "b"), membershipAt(6)];
  const seen = [{ sequence: 8, hash: hashAt(8) }];
  const withGap = (hash: RecordHash): RecordHash | null => (hash === hashAt(5) ? null : previousIn(8)(hash));
  expect(cutOffAt(seen, own, previousIn(8)).map(({ hash }) => hash)).toEqual([hashAt(8), hashAt(6), hashAt(2)]);
  expect(cutOffAt(seen, own, withGap).map(({ hash }) => hash)).toEqual([hashAt(8), hashAt(6)]);
});

test("a cut-off has at most 1,000 places and leaves the oldest to the chain", () => {
  const own = Array.from({ length: 1500 }, (_, at) => membershipAt(at + 1));
  const places = cutOffAt([{ sequence: 1600, hash: hashAt(1600) }], own, previousIn(1600));
  expect([places.length, places[0]?.sequence, places.at(-1)?.sequence]).toEqual([1000, 1600, 502]);
});
