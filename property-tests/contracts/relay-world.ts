/** A relay in memory with a clock that tests move by hand. */
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { type Page, parsePage } from "@albumen/core/wire/page.ts";
import type { LiveFrame } from "@albumen/core/wire/relay-api.ts";
import { createRelayApp, type RelayApp } from "@albumen/relay/app.ts";
import { createMemoryBlobStore } from "@albumen/relay/blob-store/memory.ts";
import type { Clock } from "@albumen/relay/effects.ts";
import type { RelayLimits } from "@albumen/relay/limits.ts";
import type { LogStore } from "@albumen/relay/log-store/log-store.ts";
import type { LiveReader, LiveSocket } from "@albumen/relay/live/socket.ts";
import { createMemoryLogStore } from "@albumen/relay/log-store/memory.ts";
import type { Upgrade } from "@albumen/relay/routes/live.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { createRelayClient, type RelayClient } from "./relay-client.ts";

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on by `milliseconds`, waking in order whoever is due. */
  readonly advance: (milliseconds: number) => void;
}

/** The relay's end of a WebSocket that leads nowhere. */
export interface FakeSocket {
  readonly reader: LiveReader;
  /** What the relay sent. */
  readonly texts: LiveFrame[];
  readonly pages: Page[];
  readonly pings: () => number;
  /** The close code; "terminated", or null while it is open. */
  readonly closed: () => number | "terminated" | null;
  /** From now on frames are taken but the network does not say so, until `let go`. */
  readonly hold: () => () => void;
}

/** A relay under test. */
export interface RelayWorld extends RelayClient {
  readonly relay: RelayApp;
  readonly clock: ManualClock;
  readonly logStore: LogStore;
  /** What the relay told its operator. */
  readonly lines: string[];
  readonly connect: (library: LibraryId) => Promise<FakeSocket>;
}

/** A clock at 1,000,000 ms. */
export function createManualClock(): ManualClock {
  let now = 1_000_000;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    after: (milliseconds, run) => {
      const timer = { at: now + milliseconds, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers = timers.filter((other) => other !== next);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}

/** An empty relay whose chance comes from `seed`. */
export function createRelayWorld(limits: Partial<RelayLimits> = {}, seed = 3): RelayWorld {
  const clock = createManualClock();
  const lines: string[] = [];
  let connected: FakeSocket | null = null;
  const upgrade: Upgrade = (connect) => async (request) => {
    connected = createFakeSocket(connect(request));
    return new Response();
  };
  const logStore = createMemoryLogStore(new Uint8Array(16).fill(1));
  const relay = createRelayApp({
    logStore,
    blobStore: createMemoryBlobStore(),
    clock,
    random: seededRandom(seed),
    origin: "https://relay.test",
    limits,
    log: (line) => void lines.push(line),
    upgrade,
  });
  const connect = async (library: LibraryId): Promise<FakeSocket> => {
    await relay.app.request(`/v1/libraries/${library}/live`, { headers: { upgrade: "websocket" } });
    if (connected === null) throw new Error("the relay took no socket");
    return connected;
  };
  return { ...createRelayClient((path, init) => relay.app.request(path, init)), relay, clock, logStore, lines, connect };
}

function createFakeSocket(open: (socket: LiveSocket) => LiveReader): FakeSocket {
  const [texts, pages]: [LiveFrame[], Page[]] = [[], []];
  let pings = 0;
  let closed: number | "terminated" | null = null;
  let held: (() => void)[] | null = null;
  const take = (frame: string | Uint8Array): void => {
    if (typeof frame === "string") return void texts.push(JSON.parse(frame) as LiveFrame);
    const page = parsePage(frame);
    if (!page.ok) throw new Error(page.error.reason);
    pages.push(page.value);
  };
  const reader = open({
    send: (frame) => {
      take(frame);
      if (held === null) return Promise.resolve(closed === null);
      const waiting = held;
      return new Promise((resolve) => waiting.push(() => resolve(true)));
    },
    ping: () => void pings++,
    close: (code) => {
      closed ??= code;
    },
    terminate: () => {
      closed ??= "terminated";
    },
  });
  const hold = (): (() => void) => {
    const waiting: (() => void)[] = [];
    held = waiting;
    return () => {
      held = null;
      for (const release of waiting) release();
    };
  };
  return { reader, texts, pages, pings: () => pings, closed: () => closed, hold };
}
