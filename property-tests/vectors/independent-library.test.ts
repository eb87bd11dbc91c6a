/** The independent decoder opens the library of the vectors from the seeds alone, and refuses what is wrong for the same reason. */
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "./independent/bytes.ts";
import { isMap, type Value } from "./independent/cbor.ts";
import { sealingPair, signingKey } from "./independent/crypto.ts";
import { judge, type OpenLibrary, openLibrary } from "./independent/library.ts";
import { readVectors } from "./vector-file.ts";

interface MemberVector {
  readonly name: string;
  readonly signingSeed: string;
  readonly sealingSeed: string;
  readonly device: string;
  readonly seal: string;
}

interface RecordVector {
  readonly name: string;
  readonly hash: string;
  readonly author: string;
  readonly kind: "membership" | "content";
  readonly sequence: number;
  readonly previous: string | null;
  readonly epoch: string | null;
  readonly statement: string | null;
  readonly counts: boolean;
  readonly verdict: string;
  readonly holds: boolean;
  readonly events: unknown;
  readonly freeChanges: unknown;
  readonly seen: unknown;
  readonly record: string;
}

interface LibraryVectors {
  readonly members: readonly MemberVector[];
  readonly library: string;
  readonly records: readonly RecordVector[];
  readonly roster: readonly {
    readonly name: string;
    readonly words: boolean;
    readonly addedBy: string | null;
    readonly removedBy: string | null;
  }[];
  readonly names: Readonly<Record<string, string>>;
  readonly epochs: readonly {
    readonly id: string;
    readonly parents: readonly string[];
    readonly commitment: string;
    readonly counts: boolean;
    readonly recipients: readonly string[];
    readonly key: string | null;
  }[];
  readonly heads: readonly string[];
  readonly writable: string;
  readonly secret: string;
  readonly opens: readonly { readonly name: string; readonly epochs: readonly string[]; readonly secret: boolean }[];
}

interface InvalidVectors {
  readonly refused: readonly { readonly name: string; readonly verdict: string; readonly record: string }[];
  readonly uncounted: readonly { readonly name: string; readonly record: string }[];
}

const vectors = readVectors("library") as unknown as LibraryVectors;
const invalid = readVectors("invalid-records") as unknown as InvalidVectors;
const records = vectors.records.map(({ record }) => fromHex(record));

function openAs(name: string, more: readonly Uint8Array[] = []): OpenLibrary {
  const member = vectors.members.find((one) => one.name === name);
  if (member === undefined) throw new Error(`there is no ${name}`);
  const seeds = { signingSeed: fromHex(member.signingSeed), sealingSeed: fromHex(member.sealingSeed) };
  return openLibrary(vectors.library, [...records, ...more], seeds);
}

function nameOf(device: string | null): string | null {
  return vectors.members.find((member) => member.device === device)?.name ?? null;
}

const founder = openAs("founder");

describe("from seeds and records alone, by other code", () => {
  test.each(vectors.members)("$name has its keys", ({ signingSeed, sealingSeed, device, seal }) => {
    expect(toHex(signingKey(fromHex(signingSeed)))).toBe(device);
    expect(toHex(sealingPair(fromHex(sealingSeed)).seal)).toBe(seal);
  });

  test("the roster is the same: who, in which rank, added and removed by whom", () => {
    const people = founder.roster.people.map(({ device, words, addedBy, removedBy }) => {
      return { name: nameOf(device), words, addedBy: nameOf(addedBy), removedBy: nameOf(removedBy) };
    });
    expect(people).toEqual(vectors.roster);
  });

  test.each(vectors.records)("$name: its place, whether it counts, and what it says", (vector) => {
    const index = vectors.records.indexOf(vector);
    const record = founder.records[index];
    expect(record).toMatchObject({
      hash: vector.hash,
      sequence: vector.sequence,
      previous: vector.previous,
      epoch: vector.epoch,
    });
    expect(nameOf(record?.device ?? null)).toBe(vector.author);
    if (vector.kind === "membership") {
      const said = founder.membership.find((one) => one.record.hash === vector.hash);
      expect([said?.statement.kind, founder.roster.counting.has(vector.hash)]).toEqual([vector.statement, vector.counts]);
      return;
    }
    expect(founder.roster.holds(record?.device ?? "", vector.hash)).toBe(vector.holds);
    const reader = vector.author === "tablet" ? openAs("tablet") : founder;
    const { verdict, content } = judge(fromHex(vector.record), reader);
    const said = [content?.events ?? null, content?.freeChanges ?? null, content?.seen ?? null];
    expect([verdict, ...said]).toEqual([vector.verdict, vector.events, vector.freeChanges, vector.seen]);
  });

  test.each(vectors.opens)("$name opens the same epochs, and the library's secret", ({ name, epochs, secret }) => {
    const opened = openAs(name);
    expect([...opened.keys.keys()].sort()).toEqual(epochs);
    expect(opened.secret === null ? null : toHex(opened.secret)).toBe(secret ? vectors.secret : null);
    for (const { id, key } of vectors.epochs)
      if (epochs.includes(id)) expect(toHex(opened.keys.get(id) ?? new Uint8Array(0))).toBe(key);
  });

  test("the epochs are the same, and so is the one to write under", () => {
    const epochs = founder.membership.flatMap(({ record, statement: { epoch } }) =>
      epoch === null ? [] : [{ id: record.hash, counts: founder.roster.counting.has(record.hash), ...epoch }],
    );
    const shown = epochs
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, parents, commitment, counts, boxes }) => {
        return {
          id,
          parents,
          commitment: toHex(commitment),
          counts,
          recipients: boxes.map(({ device }) => nameOf(device)).sort(),
        };
      });
    expect(shown).toEqual(vectors.epochs.map(({ key: _key, ...epoch }) => epoch));
    const replaced = new Set(shown.filter(({ counts }) => counts).flatMap(({ parents }) => parents));
    const heads = shown.filter(({ id, counts }) => counts && !replaced.has(id));
    expect(heads.map(({ id }) => id)).toEqual(vectors.heads);
    const members = founder.roster.people.filter(({ removedBy }) => removedBy === null).map(({ device }) => nameOf(device));
    const fits = heads.find(({ recipients }) => recipients.join() === members.sort().join());
    expect(fits?.id).toBe(vectors.writable);
  });

  test("devices are called the same", () => {
    const names: Record<string, Value> = {};
    for (const { record } of founder.membership) {
      const listed = founder.roster.counting.has(record.hash) ? founder.privateParts.get(record.hash)?.["names"] : null;
      for (const entry of Array.isArray(listed) ? (listed as readonly (readonly [Uint8Array, string])[]) : []) {
        names[nameOf(toHex(entry[0])) ?? ""] = entry[1];
      }
    }
    expect(names).toEqual(vectors.names);
    expect(isMap(names)).toBe(true);
  });
});

describe("what is wrong is refused by other code as well, at the same check", () => {
  test.each(invalid.refused)("$name: $verdict", ({ record, verdict }) => {
    expect(judge(fromHex(record), founder).verdict).toBe(verdict);
  });

  test.each(invalid.uncounted)("$name does not count", ({ record }) => {
    const bytes = fromHex(record);
    const opened = openAs("founder", [bytes]);
    const said = opened.membership.at(-1);
    expect(judge(bytes, opened).verdict).toBe("good");
    expect(opened.roster.counting.has(said?.record.hash ?? "")).toBe(false);
    expect(said?.record.hash).not.toBe(founder.membership.at(-1)?.record.hash);
  });
});
