/**
 * Law 22: pages of any size, with the connection broken off before or after any request, give every device the log exactly once.
 */
import type { RelayClient, RelayTransport, TransportError } from "@albumen/client/log/relay-port.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import { err, type Result } from "@albumen/core/primitives/result.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openEngine } from "@albumen/client/engine/open.ts";
import type { Engine } from "@albumen/client/engine/api.ts";
import { createWorld, foundLibrary, joinDevice, madeUpPhoto, unwrap, type World } from "../engine/bench-world.ts";

/** What happens to one request: it is lost on the way there, its answer is lost, or it arrives; pages have at most `page` records. */
interface Fate {
  readonly kind: "lost" | "answer lost" | "arrives";
  readonly page: number;
}

const broken: TransportError = { kind: "unreachable", reason: "the connection broke off", retryAfter: null };

/** `transport` over a line on which the requests meet `fates`, one after the other; when they are used up it is a good line. */
function overBadLine(transport: RelayTransport, fates: Fate[]): RelayTransport {
  const meet = async <T>(ask: (page: number) => Promise<Result<T, TransportError>>): Promise<Result<T, TransportError>> => {
    const fate = fates.shift() ?? { kind: "arrives", page: 2000 };
    if (fate.kind === "lost") return err(broken);
    const reply = await ask(fate.page);
    return fate.kind === "answer lost" ? err(broken) : reply;
  };
  return {
    ...transport,
    connect: (identity) => {
      const client: RelayClient = transport.connect(identity);
      return {
        ...client,
        append: (records) => meet(() => client.append(records)),
        read: (after, limit) => meet((page) => client.read(after, Math.min(limit, page))),
        putBlob: (name, bytes) => meet(() => client.putBlob(name, bytes)),
        getBlob: (name) => meet(() => client.getBlob(name)),
      };
    },
  };
}

async function reopenOn(world: World, store: Store, fates: Fate[]): Promise<Engine> {
  const parts = world.parts(store);
  const engine = await openEngine({ ...parts, transport: overBadLine(parts.transport, fates) });
  if (engine === null) throw new Error("the store holds no library");
  return engine;
}

const fate = fc.record({
  kind: fc.constantFrom("lost" as const, "answer lost" as const, "arrives" as const, "arrives" as const),
  page: fc.integer({ min: 1, max: 4 }),
});

test("pages of any size with any disconnects are the log exactly once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 30 }),
      fc.array(fate, { maxLength: 30 }),
      fc.integer({ min: 1, max: 8 }),
      async (fatesA, fatesB, edits) => {
        const world = createWorld(edits);
        const [storeA, storeB] = [createMemoryStore(), createMemoryStore()];
        const first = await foundLibrary(world, "A", storeA);
        unwrap(await first.importFiles([madeUpPhoto(1, 1), madeUpPhoto(2, 2)]));
        await (await joinDevice(world, first, "B", storeB)).close();
        await first.close();
        const [a, b] = [await reopenOn(world, storeA, [...fatesA]), await reopenOn(world, storeB, [...fatesB])];
        for (let at = 0; at < edits; at++) {
          for (const engine of [a, b]) {
            const photo = engine.state.view.photos[at % 2]?.id as PhotoId | undefined;
            if (photo !== undefined) unwrap(await engine.edit({ kind: "caption", photo, text: `text ${at}` }));
            await engine.sync();
          }
        }
        // Each failed round used up at least one fate.
        for (let round = 0; round < 70; round++) for (const engine of [a, b]) await engine.sync();
        for (const engine of [a, b]) unwrap(await engine.sync());
        expect(b.state.view.digest).toEqual(a.state.view.digest);
        expect([a.state.sync.outbox, b.state.sync.outbox]).toEqual([0, 0]);
        const stored = await Promise.all(
          [storeA, storeB].map(async (store) => (await store.entries("records")).map(([, bytes]) => bytes)),
        );
        for (const records of stored) expect(new Set(records.map(recordHash)).size).toBe(records.length);
        expect(stored.map((records) => records.map(recordHash).sort())[0]).toEqual(
          stored.map((records) => records.map(recordHash).sort())[1],
        );
        expect(a.state.evidence).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});
