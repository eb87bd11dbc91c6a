/**
 * The relay over loopback HTTP with SQLite on disk: acknowledged records per second, one by one and in batches of 100, and how
 * long after its upload began a record arrives at a live socket. The relay is a process of its own; uploads and the socket share
 * this one, so latencies contain the client's half of the work.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { encodeRecords, parsePage } from "@albumen/core/wire/page.ts";
import type { AppendReply } from "@albumen/core/wire/relay-api.ts";
import { type FoundedLibrary, foundLibrary, writeContent } from "../arbitraries/records.ts";
import { createRelayClient, type RelayClient } from "../contracts/relay-client.ts";
import type { Bench, BenchRow } from "./bench.ts";

/** Bytes of content of a record: a label with its `seen`, as the budget of 512 bytes per label has it. */
const contentBytes = 256;
/** Uploads under way at once, where uploads of one record are counted. */
const concurrency = 16;

interface Measured extends FoundedLibrary {
  readonly client: RelayClient;
  readonly token: string;
  readonly url: string;
  readonly now: () => number;
  /** Uploads records; their outcomes. Over node:http, which costs the client a third of what `fetch` does. */
  readonly upload: (records: readonly Uint8Array[]) => Promise<AppendReply>;
}

export const bench: Bench = {
  name: "relay",
  what: "the relay over loopback HTTP, SQLite with synchronous = FULL",
  run: async ({ quick, now }) => {
    const folder = mkdtempSync(join(tmpdir(), "albumen-relay-bench-"));
    const relay = await spawnRelay(folder);
    try {
      const client = createRelayClient((path, init) => fetch(`${relay.url}${path}`, init));
      const founded = foundLibrary(1);
      await client.append(founded.library, [founded.create]);
      const token = await client.token(founded.library, founded.founder);
      const upload = createUpload(`${relay.url}/v1/libraries/${founded.library}/records`, token);
      const measured: Measured = { ...founded, client, token, url: relay.url, now, upload };
      const single = await measureAppends(measured, quick ? 200 : 5000, 1);
      const batched = await measureAppends(measured, quick ? 2000 : 50_000, 100);
      const alone = await measureFanOut(measured, quick ? 200 : 5000, 1);
      const together = await measureFanOut(measured, quick ? 200 : 5000, 10);
      return [...rates(single, batched), ...latencies(alone, together)];
    } finally {
      await relay.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function createUpload(url: string, token: string): Measured["upload"] {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return (records) =>
    new Promise((resolve, reject) => {
      const body = encodeRecords(records);
      const headers = { authorization: `Bearer ${token}`, "content-length": body.length };
      const sent = request(url, { method: "POST", agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as AppendReply));
      });
      sent.on("error", reject);
      sent.end(body);
    });
}

/** The relay as a process of its own, without rates, once it listens. */
async function spawnRelay(folder: string): Promise<{ readonly url: string; readonly close: () => Promise<unknown> }> {
  const program = `
    import { startRelay } from "@albumen/relay/serve.ts";
    const rate = { burst: 1e9, perMinute: 1e9 };
    const limits = { addressRate: rate, deviceRate: rate, membershipRate: rate };
    const relay = await startRelay({ data: ${JSON.stringify(folder)}, port: 0, limits });
    console.log(relay.url);
    process.once("SIGTERM", () => relay.close());`;
  const options = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program];
  const child = spawn("node", options, { stdio: ["ignore", "pipe", "inherit"], cwd: import.meta.dirname });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const close = (): Promise<unknown> => {
    child.kill("SIGTERM");
    return gone;
  };
  for await (const chunk of child.stdout) return { url: String(chunk).trim(), close };
  throw new Error("the relay did not start");
}

function rates(single: number, batched: number): readonly BenchRow[] {
  return [
    { metric: "acknowledged, batches of 1", value: single, unit: "records/s" },
    {
      metric: "acknowledged, batches of 100",
      value: batched,
      unit: "records/s",
      limit: "≥ 12,900 records/s",
      ok: batched >= 12_900,
    },
  ];
}

async function measureAppends({ library, founder, now, upload }: Measured, count: number, batch: number): Promise<number> {
  const records = Array.from({ length: count }, () => writeContent(founder, library, contentBytes));
  const batches = Array.from({ length: count / batch }, (_, at) => records.slice(at * batch, (at + 1) * batch));
  let [next, stored] = [0, 0];
  const work = async (): Promise<void> => {
    for (let own = batches[next++]; own !== undefined; own = batches[next++]) {
      const { outcomes } = await upload(own);
      stored += outcomes.filter(({ outcome }) => outcome === "stored").length;
    }
  };
  const start = now();
  await Promise.all(Array.from({ length: concurrency }, work));
  const seconds = (now() - start) / 1000;
  if (stored !== count) throw new Error(`${count - stored} of ${count} records were not stored`);
  return count / seconds;
}

function latencies(alone: FanOut, together: FanOut): readonly BenchRow[] {
  return [
    { metric: "fan-out at 1,000/s, one by one, p50", value: alone.p50, unit: "ms" },
    { metric: "fan-out at 1,000/s, one by one, p99", value: alone.p99, unit: "ms", limit: "≤ 20 ms", ok: alone.p99 <= 20 },
    { metric: "fan-out at 1,000/s, in tens, p50", value: together.p50, unit: "ms" },
    { metric: "fan-out at 1,000/s, in tens, p99", value: together.p99, unit: "ms", limit: "≤ 20 ms", ok: together.p99 <= 20 },
  ];
}

interface FanOut {
  readonly p50: number;
  readonly p99: number;
}

/** 1,000 records per second in uploads of `batch`, from the moment of upload to a live socket. */
async function measureFanOut(measured: Measured, count: number, batch: number): Promise<FanOut> {
  const { client, library, founder, token, url, now, upload } = measured;
  const { last } = await client.page(library, 0, token, 1);
  const records = Array.from({ length: count }, () => writeContent(founder, library, contentBytes));
  const arrivals = new Map<string, number>();
  const socket = await openSocket(url, library, token, last, (record) => arrivals.set(recordHash(record), now()));
  const departures: number[] = [];
  const uploads: Promise<unknown>[] = [];
  const start = now();
  while (departures.length < count) {
    for (let sent = departures.length; sent + batch <= Math.min(count, now() - start); sent += batch) {
      departures.push(...Array.from({ length: batch }, () => now()));
      uploads.push(upload(records.slice(sent, sent + batch)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(uploads);
  while (arrivals.size < count) await new Promise((resolve) => setTimeout(resolve, 5));
  socket.close();
  const sorted = records
    .map((record, at) => (arrivals.get(recordHash(record)) ?? Number.NaN) - (departures[at] ?? Number.NaN))
    .sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (count - 1))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

async function openSocket(
  url: string,
  library: LibraryId,
  token: string,
  after: number,
  take: (record: Uint8Array) => void,
): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/v1/libraries/${library}/live`);
  socket.binaryType = "arraybuffer";
  const opened = new Promise((resolve, reject) => {
    socket.addEventListener("error", reject);
    socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "open", token, after, credit: 8_000_000 })));
    socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === "string") return resolve(data);
      socket.send(JSON.stringify({ type: "credit", bytes: data.byteLength }));
      const page = parsePage(new Uint8Array(data));
      if (page.ok) page.value.records.forEach(take);
    });
  });
  await opened;
  return socket;
}
