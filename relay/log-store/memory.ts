/** Log store in memory, for tests and throw-away relays: the plain reading of the port's invariants. */
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { type Page, pageLimits } from "@albumen/core/wire/page.ts";
import { runningHash } from "@albumen/core/crypto/verify.ts";
import { followJumps, type Jump, jumpOf } from "./jump.ts";
import { type LogEntry, logLimits, type LogOutcome, type LogStore, type LogStoreError, type PageBounds } from "./log-store.ts";

interface Log {
  readonly entries: LogEntry[];
  /** `running[n]` after n records. */
  readonly running: Uint8Array[];
  readonly placeByHash: Map<RecordHash, number>;
  readonly hashesAt: Map<string, number>;
  readonly asideByDevice: Map<string, number>;
  /** See jump.ts. */
  readonly jumpByHash: Map<RecordHash, Jump>;
  bytes: number;
  membership: number;
  membershipBytes: number;
}

/** An empty store; `id` is 16 random bytes. */
export function createMemoryLogStore(id: Uint8Array): LogStore {
  const logs = new Map<LibraryId, Log>();
  const librariesByKey = new Map<DeviceId, Set<LibraryId>>();
  let open = true;
  const answer = <T>(value: () => T): Promise<Result<T, LogStoreError>> =>
    Promise.resolve(open ? ok(value()) : err({ kind: "log-store-unavailable", reason: "the log store is closed" }));
  const logOf = (library: LibraryId): Log => logs.get(library) ?? createLog();
  return {
    id,
    append: (library, entries) =>
      answer(() => {
        const log = logOf(library);
        const outcomes = entries.map((entry) => appendEntry(log, entry));
        if (log.entries.length > 0) logs.set(library, log);
        const isNew = (at: number): boolean => outcomes[at]?.outcome === "stored" || outcomes[at]?.outcome === "forked";
        for (const key of entries.filter((_, at) => isNew(at)).flatMap(({ admits }) => admits)) {
          librariesByKey.set(key, (librariesByKey.get(key) ?? new Set()).add(library));
        }
        return outcomes;
      }),
    page: (library, after, bounds) => answer(() => cutPage(id, logOf(library), after, bounds)),
    membership: (library) =>
      answer(() => logOf(library).entries.flatMap((entry) => (entry.kind === "membership" ? [entry.bytes] : []))),
    places: (library, hashes) => answer(() => hashes.map((hash) => logOf(library).placeByHash.get(hash) ?? null)),
    membershipBefore: (library, from, steps) =>
      answer(() => followJumps(from, steps, (hash) => logOf(library).jumpByHash.get(hash))),
    usage: (library) =>
      answer(() => {
        const { entries, membership, bytes, membershipBytes } = logOf(library);
        return { records: entries.length, membership, bytes, membershipBytes };
      }),
    librariesOf: (device, limit) => answer(() => [...(librariesByKey.get(device) ?? [])].slice(0, limit)),
    libraries: () => answer(() => logs.size),
    close: () => {
      open = false;
      return Promise.resolve();
    },
  };
}

function createLog(): Log {
  return {
    entries: [],
    running: [new Uint8Array(32)],
    placeByHash: new Map(),
    hashesAt: new Map(),
    asideByDevice: new Map(),
    jumpByHash: new Map(),
    bytes: 0,
    membership: 0,
    membershipBytes: 0,
  };
}

function appendEntry(log: Log, entry: LogEntry): LogOutcome {
  const held = log.placeByHash.get(entry.hash);
  if (held !== undefined) return { outcome: "duplicate", place: held };
  const at = `${entry.device}.${entry.sequence}`;
  const hashes = log.hashesAt.get(at) ?? 0;
  if (hashes >= logLimits.forks) return { outcome: "refused", why: "too-many-forks" };
  const aside = log.asideByDevice.get(entry.device) ?? 0;
  if (entry.aside && aside >= logLimits.aside) return { outcome: "refused", why: "too-many-aside" };
  log.entries.push({ ...entry, bytes: entry.bytes.slice() });
  log.running.push(runningHash(log.running.at(-1) ?? new Uint8Array(32), entry.hash));
  log.placeByHash.set(entry.hash, log.entries.length);
  log.hashesAt.set(at, hashes + 1);
  if (entry.aside) log.asideByDevice.set(entry.device, aside + 1);
  log.jumpByHash.set(entry.hash, jumpOf(entry, entry.previous === null ? undefined : log.jumpByHash.get(entry.previous)));
  log.bytes += entry.bytes.length;
  if (entry.kind === "membership") {
    log.membership++;
    log.membershipBytes += entry.bytes.length;
  }
  return { outcome: hashes === 0 ? "stored" : "forked", place: log.entries.length };
}

function cutPage(store: Uint8Array, log: Log, after: number, bounds: PageBounds): Page {
  const last = log.entries.length;
  const start = Math.min(after, last);
  const records: Uint8Array[] = [];
  let bytes: number = pageLimits.head;
  for (const entry of log.entries.slice(start, start + bounds.records)) {
    bytes += 4 + entry.bytes.length;
    if (bytes > bounds.bytes) break;
    records.push(entry.bytes);
  }
  const sequence = start + records.length;
  return { cursor: { store, sequence, running: log.running[sequence] ?? new Uint8Array(32) }, last, records };
}
