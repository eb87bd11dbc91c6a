/**
 * Contract of the relay's log store, over every adapter: named cases, and random commands against a model that is nothing but
 * the port's invariants written down with arrays.
 */
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { recordHash, runningHash } from "@albumen/core/crypto/verify.ts";
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { bytesToHex, compareText, concatBytes, u32ToBytes } from "@albumen/core/primitives/bytes.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import { encodePage } from "@albumen/core/wire/page.ts";
import { type LogEntry, logLimits, type LogStore } from "@albumen/relay/log-store/log-store.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { logAdapters, type LogPlace } from "./relay-log-adapters.ts";

const libraries = ["a", "b"].map((digit) => digit.repeat(64) as LibraryId);
const [libraryA = "" as LibraryId, libraryB = "" as LibraryId] = libraries;
const everything = { records: 2000, bytes: 4_194_304 };

interface EntryShape {
  readonly device: number;
  readonly sequence: number;
  readonly variant: number;
  readonly size: number;
  readonly membership: boolean;
  readonly aside: boolean;
  /** Keys that it admits, as small numbers. */
  readonly admits?: readonly number[];
}

function entryOf(
  { device, sequence, variant, size, membership, aside, admits = [] }: EntryShape,
  previous: RecordHash | null = null,
): LogEntry {
  const bytes = concatBytes(u32ToBytes(device), u32ToBytes(sequence), u32ToBytes(variant), new Uint8Array(size).fill(variant));
  return {
    hash: recordHash(bytes),
    device: keyOf(device),
    sequence,
    previous,
    kind: membership ? "membership" : "content",
    aside,
    admits: admits.map(keyOf),
    bytes,
  };
}

function keyOf(number: number): DeviceId {
  return number.toString(16).padStart(64, "0") as DeviceId;
}

function seededOrder<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, key: bytesToHex(random(8)) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ item }) => item);
}

function content(sequence: number, variant = 0, more: Partial<EntryShape> = {}): LogEntry {
  return entryOf({ device: 1, sequence, variant, size: 10, membership: false, aside: false, ...more });
}

function unwrap<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

class Model {
  readonly logs = new Map<LibraryId, LogEntry[]>();
  /** Key and library in the order in which they met. */
  readonly admitted: (readonly [DeviceId, LibraryId])[] = [];

  of(library: LibraryId): LogEntry[] {
    return this.logs.get(library) ?? [];
  }

  append(library: LibraryId, entry: LogEntry): unknown {
    const log = this.of(library);
    const held = log.findIndex(({ hash }) => hash === entry.hash);
    if (held >= 0) return { outcome: "duplicate", place: held + 1 };
    const here = log.filter(({ device, sequence }) => device === entry.device && sequence === entry.sequence).length;
    if (here >= logLimits.forks) return { outcome: "refused", why: "too-many-forks" };
    const aside = log.filter((one) => one.device === entry.device && one.aside).length;
    if (entry.aside && aside >= logLimits.aside) return { outcome: "refused", why: "too-many-aside" };
    this.logs.set(library, [...log, entry]);
    for (const key of entry.admits) this.admitted.push([key, library]);
    return { outcome: here === 0 ? "stored" : "forked", place: log.length + 1 };
  }

  librariesOf(key: DeviceId): readonly LibraryId[] {
    return [...new Set(this.admitted.flatMap(([device, library]) => (device === key ? [library] : [])))];
  }

  page(store: Uint8Array, library: LibraryId, after: number, bounds: { records: number; bytes: number }): unknown {
    const log = this.of(library);
    let sequence = Math.min(after, log.length);
    const records: Uint8Array[] = [];
    let bytes = 64;
    for (const entry of log.slice(sequence)) {
      bytes += 4 + entry.bytes.length;
      if (bytes > bounds.bytes || records.length === bounds.records) break;
      records.push(entry.bytes);
      sequence++;
    }
    const running = log.slice(0, sequence).reduce<Uint8Array>((hash, entry) => runningHash(hash, entry.hash), new Uint8Array(32));
    return { cursor: { store, sequence, running }, last: log.length, records };
  }
}

interface Real {
  store: LogStore;
  readonly place: LogPlace;
}

type Command = fc.AsyncCommand<Model, Real>;

/** A command; its text stands in the counterexample. */
function command(text: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => text };
}

const shape: fc.Arbitrary<EntryShape> = fc.record({
  device: fc.integer({ min: 1, max: 2 }),
  sequence: fc.integer({ min: 1, max: 3 }),
  variant: fc.integer({ min: 0, max: 40 }),
  size: fc.integer({ min: 0, max: 60 }),
  membership: fc.boolean(),
  aside: fc.boolean(),
  admits: fc.oneof(fc.constant([]), fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 })),
});

const anyLibrary = fc.constantFrom(...libraries);

const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(anyLibrary, fc.array(shape, { maxLength: 6 })).map(([library, shapes]) =>
    command(`append ${library[0]} ${JSON.stringify(shapes)}`, async (model, { store }) => {
      const entries = shapes.map((one) => entryOf(one));
      const outcomes = unwrap(await store.append(library, entries));
      expect(outcomes).toEqual(entries.map((entry) => model.append(library, entry)));
    }),
  ),
  fc
    .tuple(anyLibrary, fc.array(fc.array(shape, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 4 }))
    .map(([library, groups]) =>
      command(`append at once ${library[0]} ${JSON.stringify(groups)}`, async (model, { store }) => {
        const batches = groups.map((shapes) => shapes.map((one) => entryOf(one)));
        const outcomes = (await Promise.all(batches.map((entries) => store.append(library, entries)))).map(unwrap);
        expect(outcomes).toEqual(batches.map((entries) => entries.map((entry) => model.append(library, entry))));
      }),
    ),
  fc
    .tuple(anyLibrary, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 500 }))
    .map(([library, after, records, bytes]) =>
      command(`page ${library[0]} ${after} ${records} ${bytes}`, async (model, { store }) => {
        const page = unwrap(await store.page(library, after, { records, bytes }));
        expect(page).toEqual(model.page(store.id, library, after, { records, bytes }));
        expect(page.records.length === 0 || encodePage(page).length <= bytes).toBe(true);
      }),
    ),
  anyLibrary.map((library) =>
    command(`look ${library[0]}`, async (model, { store }) => {
      const log = model.of(library);
      const members = log.filter(({ kind }) => kind === "membership");
      expect(unwrap(await store.membership(library))).toEqual(members.map(({ bytes }) => bytes));
      const bytesOf = (entries: readonly LogEntry[]): number => entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
      const usage = {
        records: log.length,
        membership: members.length,
        bytes: bytesOf(log),
        membershipBytes: bytesOf(members),
      };
      expect(unwrap(await store.usage(library))).toEqual(usage);
      expect(unwrap(await store.libraries())).toBe(model.logs.size);
      for (const key of [1, 2, 3, 4].map(keyOf)) {
        expect(unwrap(await store.librariesOf(key, 10))).toEqual(model.librariesOf(key));
        expect(unwrap(await store.librariesOf(key, 1))).toEqual(model.librariesOf(key).slice(0, 1));
      }
      const asked = [...log.map(({ hash }) => hash), "f".repeat(64) as RecordHash];
      expect(unwrap(await store.places(library, asked))).toEqual([...log.map((_, at) => at + 1), null]);
    }),
  ),
  fc.constant(
    command("reopen", async (_model, real) => {
      const { id } = real.store;
      real.store = await real.place.reopen(real.store);
      expect(real.store.id).toEqual(id);
    }),
  ),
];

describe.each(logAdapters)("the log store on $name", ({ createPlace }) => {
  const places: LogPlace[] = [];
  const stores: LogStore[] = [];
  const open = (): LogStore => {
    const place = createPlace();
    places.push(place);
    const store = place.open();
    stores.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const place of places.splice(0)) place.remove();
  });

  test("does what the model does, whatever the commands", async () => {
    const run = fc.asyncProperty(fc.commands(commands, { maxCommands: 25 }), async (script) => {
      const place = createPlace();
      const real: Real = { place, store: place.open() };
      try {
        await fc.asyncModelRun(() => ({ model: new Model(), real }), script);
      } finally {
        await real.store.close();
        place.remove();
      }
    });
    await fc.assert(run, { numRuns: 60, seed: 20_260_730 });
  });

  test("begins with 32 zero bytes and no records", async () => {
    const store = open();
    const page = unwrap(await store.page(libraryA, 0, everything));
    expect(page).toEqual({ cursor: { store: store.id, sequence: 0, running: new Uint8Array(32) }, last: 0, records: [] });
    expect(store.id.length).toBe(16);
  });

  test("keeps four hashes at one place of a chain and refuses the fifth", async () => {
    const outcomes = unwrap(
      await open().append(
        libraryA,
        [0, 1, 2, 3, 4, 2].map((variant) => content(1, variant)),
      ),
    );
    expect(outcomes).toEqual([
      { outcome: "stored", place: 1 },
      { outcome: "forked", place: 2 },
      { outcome: "forked", place: 3 },
      { outcome: "forked", place: 4 },
      { outcome: "refused", why: "too-many-forks" },
      { outcome: "duplicate", place: 3 },
    ]);
  });

  test("sets aside 64 records of a device and refuses the next, and takes other devices' all the same", async () => {
    const store = open();
    const aside = Array.from({ length: 65 }, (_, at) => content(at + 1, 0, { aside: true }));
    const outcomes = unwrap(await store.append(libraryA, aside));
    expect(outcomes.slice(0, 64).every(({ outcome }) => outcome === "stored")).toBe(true);
    expect(outcomes[64]).toEqual({ outcome: "refused", why: "too-many-aside" });
    const other = unwrap(await store.append(libraryA, [content(1, 0, { aside: true, device: 2 })]));
    expect(other).toEqual([{ outcome: "stored", place: 65 }]);
  });

  test("finds a key where a record was taken that admits it, and nowhere else", async () => {
    const store = open();
    const [one, two] = [content(1, 0, { admits: [7, 8] }), content(1, 1, { admits: [8] })];
    await store.append(libraryB, [one]);
    await store.append(libraryA, [two, { ...two, admits: [keyOf(9)] }]);
    const forks = [2, 3, 4, 5].map((variant) => content(1, variant, { admits: [variant] }));
    await store.append(libraryA, forks);
    const found = await Promise.all([7, 8, 9, 4, 5].map((key) => store.librariesOf(keyOf(key), 10)));
    expect(found.map(unwrap)).toEqual([[libraryB], [libraryB, libraryA], [], [libraryA], []]);
    expect(unwrap(await store.librariesOf(keyOf(8), 1))).toEqual([libraryB]);
  });

  test("tells a reader that knows more than the log where the log ends", async () => {
    const store = open();
    await store.append(libraryA, [content(1)]);
    const page = unwrap(await store.page(libraryA, 17, everything));
    expect([page.cursor.sequence, page.last, page.records.length]).toEqual([1, 1, 0]);
  });

  test("never mixes libraries", async () => {
    const store = open();
    await Promise.all([store.append(libraryA, [content(1)]), store.append(libraryB, [content(1), content(2)])]);
    const [a, b] = [await store.page(libraryA, 0, everything), await store.page(libraryB, 0, everything)].map(unwrap);
    expect([a?.last, b?.last]).toEqual([1, 2]);
  });

  /** A chain of one device: "m" a membership record, "c" one with content. */
  function chainOf(kinds: string): LogEntry[] {
    const entries: LogEntry[] = [];
    for (const [at, kind] of [...kinds].entries()) {
      const shapeOf = { device: 1, sequence: at + 1, variant: 0, size: 1, membership: kind === "m", aside: false };
      entries.push(entryOf(shapeOf, entries[at - 1]?.hash ?? null));
    }
    return entries;
  }

  test("leads from any record over the content before it to the membership record before that", async () => {
    const store = open();
    const chain = chainOf("mccmmccc");
    const hashes = chain.map(({ hash }) => hash);
    await store.append(libraryA, chain);
    const from = [hashes[7], hashes[2], "d".repeat(64) as RecordHash].flatMap((hash) => hash ?? []);
    const before = unwrap(await store.membershipBefore(libraryA, from, 100));
    const expected = [
      [hashes[7], hashes[4]],
      [hashes[4], hashes[3]],
      [hashes[3], hashes[0]],
      [hashes[0], null],
      [hashes[2], hashes[0]],
    ];
    expect(new Map(before)).toEqual(new Map(expected as [RecordHash, RecordHash | null][]));
    expect(unwrap(await store.membershipBefore(libraryB, from, 100)).size).toBe(0);
  });

  test("leads to what is missing, on from there once it has come, and takes a chain in any order", async () => {
    const chain = chainOf("mcmccc");
    const hashes = chain.map(({ hash }) => hash);
    const tip = hashes[5] ?? ("" as RecordHash);
    const before = async (store: LogStore): Promise<unknown> =>
      unwrap(await store.membershipBefore(libraryA, [tip], 100)).get(tip);
    const store = open();
    await store.append(libraryA, chain.slice(4));
    expect(await before(store)).toBe(hashes[3]);
    await store.append(libraryA, chain.slice(3, 4));
    expect(await before(store)).toBe(hashes[2]);
    await store.append(libraryA, chain.slice(0, 3));
    expect(await before(store)).toBe(hashes[2]);
    for (const seed of [1, 2, 3, 4, 5]) {
      const shuffled = open();
      const order = seededOrder(chain, seed);
      for (const entry of order) await shuffled.append(libraryA, [entry]);
      const all = unwrap(await shuffled.membershipBefore(libraryA, hashes, 1000));
      expect(hashes.map((hash) => all.get(hash))).toEqual([null, hashes[0], hashes[0], hashes[2], hashes[2], hashes[2]]);
    }
  });

  test("looks up no more hashes than it is asked to", async () => {
    const store = open();
    const chain = chainOf("mmmmmmmm");
    await store.append(libraryA, chain);
    const tip = chain[7]?.hash ?? ("" as RecordHash);
    expect(unwrap(await store.membershipBefore(libraryA, [tip], 0)).size).toBe(0);
    expect(unwrap(await store.membershipBefore(libraryA, [tip], 7)).size).toBeLessThan(8);
    expect(unwrap(await store.membershipBefore(libraryA, [tip], 100)).size).toBe(8);
  });

  test("costs the same however much content lies in between", async () => {
    const store = open();
    const chain = chainOf(`m${"c".repeat(500)}`);
    await store.append(libraryA, chain);
    const tip = chain[500]?.hash ?? ("" as RecordHash);
    expect(unwrap(await store.membershipBefore(libraryA, [tip], 3)).get(tip)).toBe(chain[0]?.hash);
  });

  test("is not changed by who changes bytes afterwards", async () => {
    const store = open();
    const entry = content(1);
    await store.append(libraryA, [entry]);
    const kept = entry.bytes.slice();
    entry.bytes.fill(0);
    expect(unwrap(await store.page(libraryA, 0, everything)).records).toEqual([kept]);
  });

  test("answers nothing after it was closed", async () => {
    const store = open();
    await store.close();
    const failures = [
      await store.append(libraryA, [content(1)]),
      await store.page(libraryA, 0, everything),
      await store.usage(libraryA),
    ];
    expect(failures.map((failure) => !failure.ok && failure.error.kind)).toEqual(Array(3).fill("log-store-unavailable"));
  });
});
