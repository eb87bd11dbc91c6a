/**
 * What membership records cost the relay: one upload of 100 and of 1,000 of them, by a member and without a session, in one
 * process over SQLite on disk. Linear growth is 10 × between the two sizes, quadratic growth 100 ×; what is bounded is also the
 * time for which one upload may take the relay away from everybody else.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { createRelayApp } from "@albumen/relay/app.ts";
import { createMemoryBlobStore } from "@albumen/relay/blob-store/memory.ts";
import { openSqliteLog } from "../contracts/relay-log-adapters.ts";
import { createManualClock } from "../contracts/relay-world.ts";
import { createRelayClient, type RelayClient } from "../contracts/relay-client.ts";
import {
  createWriter,
  type FoundedLibrary,
  foundLibrary,
  writeAdd,
  writeContent,
  writeRemove,
  writeRotate,
} from "../arbitraries/records.ts";
import type { Bench, BenchRow } from "./bench.ts";

/** Most that one upload may take, in milliseconds of processor time, and most by which ten times as many records may cost more. */
const limits = { upload: 2000, growth: 20 } as const;

type Write = (library: FoundedLibrary, count: number) => readonly Uint8Array[];

const shapes: Readonly<Record<string, Write>> = {
  rotations: ({ founder, library }, count) => Array.from({ length: count }, () => writeRotate(founder, library)),
  "adds by the founder": ({ founder, library }, count) =>
    Array.from({ length: count }, (_, at) => writeAdd(founder, library, createWriter(10_000 + at))),
  "adds, each device by the one before": ({ founder, library }, count) => {
    const devices = [founder, ...Array.from({ length: count }, (_, at) => createWriter(20_000 + at))];
    return devices.slice(1).map((device, at) => writeAdd(devices[at] ?? founder, library, device));
  },
  "adds and removals in turn": ({ founder, library }, count) =>
    Array.from({ length: count / 2 }, (_, at) => createWriter(30_000 + at)).flatMap((device) => [
      writeAdd(founder, library, device),
      writeRemove(founder, library, device, []),
    ]),
};

export const bench: Bench = {
  name: "relay-membership",
  what: "one upload of membership records, SQLite with synchronous = FULL, processor time",
  run: async ({ quick }) => {
    const rows: BenchRow[] = [];
    const count = quick ? 100 : 1000;
    for (const [shape, write] of Object.entries(shapes)) {
      for (const hasSession of [true, false]) {
        const small = await timeUpload(write, count / 10, hasSession);
        const large = await timeUpload(write, count, hasSession);
        const metric = `${shape}, ${hasSession ? "by a member" : "without session"}`;
        rows.push(costRow(`${count} ${metric}`, large));
        const growth = large / small;
        const limit = `≤ ${limits.growth} ×`;
        rows.push({ metric: `ten times as many ${metric}`, value: growth, unit: "×", limit, ok: growth <= limits.growth });
      }
    }
    const late = await timeAfterLongChain(quick ? 2000 : 50_000);
    rows.push(costRow("100 rotations after a removal at the end of a long chain", late));
    return rows;
  },
};

function costRow(metric: string, value: number): BenchRow {
  return { metric, value, unit: "ms", limit: `≤ ${limits.upload} ms`, ok: value <= limits.upload };
}

/** Processor time of this process in milliseconds: who else is on the machine does not count. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function withRelay<T>(work: (client: RelayClient) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "albumen-membership-"));
  const logStore = openSqliteLog(folder);
  const rate = { burst: 1e9, perMinute: 1e9 };
  const { app, close } = createRelayApp({
    logStore,
    blobStore: createMemoryBlobStore(),
    clock: createManualClock(),
    random: seededRandom(1),
    origin: "https://relay.test",
    limits: { addressRate: rate, deviceRate: rate, membershipRate: rate },
  });
  try {
    return await work(createRelayClient((path, init) => app.request(path, init)));
  } finally {
    close();
    await logStore.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeUpload(write: Write, count: number, hasSession: boolean): Promise<number> {
  return withRelay(async (client) => {
    const founded = foundLibrary(5);
    await client.append(founded.library, [founded.create]);
    const records = write(founded, count);
    const token = hasSession ? await client.token(founded.library, founded.founder) : undefined;
    const start = processorTime();
    const outcomes = await client.append(founded.library, records, token);
    const time = processorTime() - start;
    const stored = outcomes.filter(({ outcome }) => outcome === "stored").length;
    if (stored !== count) throw new Error(`${count - stored} of ${count} records were not stored`);
    return time;
  });
}

/** A device with `length` records is removed at the end of them; then 100 rotations come one by one without a session. */
function timeAfterLongChain(length: number): Promise<number> {
  return withRelay(async (client) => {
    const { library, founder, create } = foundLibrary(6);
    const lost = createWriter(40_000);
    await client.append(library, [create, writeAdd(founder, library, lost)]);
    const token = await client.token(library, founder);
    for (let at = 0; at < length; at += 1000) {
      await client.append(
        library,
        Array.from({ length: 1000 }, () => writeContent(lost, library, 64)),
        token,
      );
    }
    await client.append(library, [writeRemove(founder, library, lost, lost.last === null ? [] : [lost.last])], token);
    const rotations = Array.from({ length: 100 }, () => writeRotate(founder, library));
    const start = processorTime();
    for (const rotation of rotations) {
      const [outcome] = await client.append(library, [rotation]);
      if (outcome?.outcome !== "stored") throw new Error("a rotation was not stored");
    }
    return processorTime() - start;
  });
}
