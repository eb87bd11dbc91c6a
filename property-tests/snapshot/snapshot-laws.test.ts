import { describe, expect, test } from "vitest";
import { checkLedger } from "@albumen/client/log/check-ledger.ts";
import { openJournal, type Journal } from "@albumen/client/log/journal.ts";
import { createLedger, type Ledger } from "@albumen/client/log/ledger.ts";
import { loadSnapshot, makeSnapshot } from "@albumen/client/log/snapshot-store.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import type { LogMemory } from "@albumen/core/snapshot/memory.ts";
import { breathe, createRememberedWorld, digestOf, storeWith } from "./remembered-world.ts";

const seed = 61;
const world = createRememberedWorld(seed, 90);
const { records } = world.log;
const open = (store: Store): Promise<Journal> => openJournal(store, world.id, world.keys);
const run = <T>(steps: Generator<undefined, T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};

/** A ledger that verified `some`. */
function replay(some: readonly Uint8Array[]): Ledger {
  const ledger = createLedger(world.id, world.keys);
  ledger.commit(ledger.stage(some).accepted);
  return ledger;
}

const truth = replay(records);
const digest = digestOf(truth, world);

/** A store with the whole log and a snapshot of the first `covered` records, in which the maker says `lie` of them. */
async function storeWithSnapshot(covered: number, lie: (memory: LogMemory) => LogMemory = (memory) => memory): Promise<Store> {
  const store = await storeWith(records);
  const honest = replay(records.slice(0, covered));
  const write = run(makeSnapshot({ ...honest, memory: () => lie(honest.memory()) }, covered, world.keys));
  if (write === null) throw new Error("there is no epoch to seal a snapshot under");
  await store.write([write]);
  return store;
}

describe("law 3: replay, shuffled replay, save and load, and a snapshot with the rest of the log give the same", () => {
  test("for every cut point of the log", async () => {
    // Membership comes first in this log; before the devices are in, there is nothing to remember.
    for (let covered = 3; covered <= records.length; covered++) {
      const journal = await open(await storeWithSnapshot(covered));
      expect(journal.isSnapshotDamaged).toBe(false);
      expect(journal.unverified()).toBe(covered);
      expect(digestOf(journal.ledger, world), `cut at ${covered}`).toEqual(digest);
      expect(journal.ledger.chains.frontiers()).toEqual(truth.chains.frontiers());
    }
  });

  test("in any order of arrival, saved and loaded again", async () => {
    const order = world.library.pick;
    const shuffled = records
      .map((record) => ({ record, key: order(1 << 20) }))
      .sort((a, b) => a.key - b.key)
      .map(({ record }) => record);
    const store = await storeWith(shuffled);
    const first = await open(store);
    expect(digestOf(first.ledger, world)).toEqual(digest);
    await first.keepSnapshot(breathe);
    const second = await open(store);
    expect(second.unverified()).toBe(records.length);
    expect(digestOf(second.ledger, world)).toEqual(digest);
    expect(second.ledger.memory()).toEqual(loadedMemory(first.ledger.memory(), second.ledger.memory()));
    expect(await second.verifyLog(breathe)).toEqual({ altered: 0, invented: 0, omitted: 0 });
    expect(second.unverified()).toBe(0);
    expect(digestOf(second.ledger, world)).toEqual(digest);
  });
});

/** `memory` in the order of `like`: a set of records has none. */
function loadedMemory(memory: LogMemory, like: LogMemory): LogMemory {
  const byHash = new Map(memory.records.map((remembered) => [remembered.record.hash, remembered]));
  return { records: like.records.flatMap(({ record }) => byHash.get(record.hash) ?? []), apart: memory.apart };
}

describe("a snapshot that lies is found out, and the log wins", () => {
  const cut = records.length - 5;

  test("one altered fact", async () => {
    const store = await storeWithSnapshot(cut, alterOneFact);
    const journal = await open(store);
    expect(digestOf(journal.ledger, world).digest).not.toBe(digest.digest);
    expect(await journal.verifyLog(breathe)).toEqual({ altered: 1, invented: 0, omitted: 0 });
    expect(digestOf(journal.ledger, world)).toEqual(digest);
    expect(journal.unverified()).toBe(0);
    expect(await store.keys("snapshot")).toEqual([]);
  });

  test("records that are left out, and records that nobody wrote", async () => {
    const left = await open(await storeWithSnapshot(cut, (memory) => ({ ...memory, records: memory.records.slice(2) })));
    expect(await left.verifyLog(breathe)).toEqual({ altered: 0, invented: 0, omitted: 2 });
    const more = await open(await storeWithSnapshot(cut, inventOneRecord));
    expect(await more.verifyLog(breathe)).toEqual({ altered: 0, invented: 1, omitted: 0 });
    for (const journal of [left, more]) expect(digestOf(journal.ledger, world)).toEqual(digest);
  });

  test("what is written while the log is verified is in it in the end", async () => {
    const [early, late] = [records.slice(0, cut), records.slice(cut)];
    const store = await storeWith(early);
    await (await open(store)).keepSnapshot(breathe);
    const journal = await open(store);
    const arriving = [...late];
    const interrupted = async (): Promise<boolean> => {
      const next = arriving.shift();
      if (next !== undefined) expect((await journal.append([next])).ok).toBe(true);
      return true;
    };
    expect(await journal.verifyLog(interrupted)).toEqual({ altered: 0, invented: 0, omitted: 0 });
    await journal.append(arriving);
    expect(digestOf(journal.ledger, world)).toEqual(digest);
  });

  test("a verification that is left changes nothing", async () => {
    const journal = await open(await storeWithSnapshot(cut));
    expect(await journal.verifyLog(async () => false)).toBeNull();
    expect(journal.unverified()).toBe(cut);
    expect(digestOf(journal.ledger, world)).toEqual(digest);
  });
});

describe("a snapshot that is damaged, or not this device's", () => {
  test("is not used and is named, whichever byte was changed; the log is read instead", async () => {
    const store = await storeWithSnapshot(9);
    const snapshot = (await store.get("snapshot", "latest")) ?? new Uint8Array(0);
    expect(await loadSnapshot(store, world.id, world.keys)).toMatchObject({ arrivals: 9 });
    for (let at = 0; at < snapshot.length; at++) {
      const flipped = snapshot.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      await store.write([{ table: "snapshot", key: "latest", value: flipped }]);
      expect(await loadSnapshot(store, world.id, world.keys), `byte ${at}`).toBe("damaged");
    }
    const journal = await open(store);
    expect([journal.isSnapshotDamaged, journal.unverified()]).toEqual([true, 0]);
    expect(digestOf(journal.ledger, world)).toEqual(digest);
  });

  test("a snapshot of another device of the library is not taken for one's own", async () => {
    const store = await storeWithSnapshot(9);
    const other = world.log.writers[1]?.keys ?? world.keys;
    expect(await loadSnapshot(store, world.id, other)).toBe("damaged");
  });

  test("comparing finds nothing between two ledgers that verified the same", () => {
    expect(run(checkLedger(truth, replay(records)))).toEqual({ altered: 0, invented: 0, omitted: 0 });
  });
});

/** The first fact of the last record with one says something else of the same length. */
function alterOneFact({ records: list, apart }: LogMemory): LogMemory {
  const at = list.findLastIndex(({ record }) => record.events[0]?.what === "name");
  return {
    apart,
    records: list.map((remembered, place) => {
      const [event, ...others] = remembered.record.events;
      const [fact] = event?.facts ?? [];
      if (place !== at || event === undefined || fact === undefined) return remembered;
      const bytes = fact.bytes.slice();
      bytes[bytes.lastIndexOf(0x50)] = 0x51;
      return { ...remembered, record: { ...remembered.record, events: [{ ...event, facts: [{ ...fact, bytes }] }, ...others] } };
    }),
  };
}

function inventOneRecord({ records: list, apart }: LogMemory): LogMemory {
  const last = list.at(-1);
  if (last === undefined) throw new Error("there is nothing to imitate");
  const hash = "ab".repeat(32) as typeof last.record.hash;
  const record = { ...last.record, hash, sequence: last.record.sequence + 100, previous: last.record.hash };
  return { apart, records: [...list, { ...last, record }] };
}
