/**
 * Law 21: a relay that lies as it likes (goes back, withholds, forgets everything, stalls, is gone) never makes a device lose or
 * invent anything; what it does is named; and once it is honest, a stated number of rounds makes everybody agree.
 */
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import type { Engine } from "@albumen/client/engine/api.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createWorld, foundLibrary, joinDevice, madeUpPhoto, reopen, unwrap, type World } from "./bench-world.ts";

/** Rounds of each device after which all agree, once the relay is honest. */
const healingRounds = 3;

type Step =
  | { readonly kind: "edit" | "sync" | "restart"; readonly device: number; readonly photo: number }
  | { readonly kind: "rollback"; readonly part: number }
  | { readonly kind: "withhold"; readonly device: number }
  | { readonly kind: "lose" | "stall" | "offline" | "honest" };

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("edit" as const), device: fc.nat(2), photo: fc.nat(2) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("sync" as const), device: fc.nat(2), photo: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const), device: fc.nat(2), photo: fc.constant(0) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("rollback" as const), part: fc.integer({ min: 0, max: 100 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("withhold" as const), device: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("lose" as const, "stall" as const, "offline" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("honest" as const) }) },
);

interface Scene {
  readonly world: World;
  readonly engines: Engine[];
  readonly stores: readonly ReturnType<typeof createMemoryStore>[];
  /** History entries of every edit that was acknowledged. */
  readonly acknowledged: Set<string>;
  lies: (() => void)[];
}

async function begin(seed: number): Promise<Scene> {
  const world = createWorld(seed);
  const stores = [createMemoryStore(), createMemoryStore(), createMemoryStore()];
  const first = await foundLibrary(world, "Laptop", stores[0]);
  unwrap(await first.importFiles([madeUpPhoto(1, 1), madeUpPhoto(2, 2), madeUpPhoto(3, 1, 2)]));
  const engines = [first];
  for (const at of [1, 2]) engines.push(await joinDevice(world, first, `Device ${at}`, stores[at]));
  for (const engine of engines) unwrap(await engine.sync());
  return { world, engines, stores, acknowledged: new Set(), lies: [] };
}

async function perform(scene: Scene, step: Step): Promise<void> {
  const { world, engines, stores, acknowledged } = scene;
  switch (step.kind) {
    case "edit": {
      const engine = engines[step.device] as Engine;
      const photo = engine.state.view.photos[step.photo]?.id as PhotoId;
      const { favourite } = engine.state.view.photos[step.photo] ?? { favourite: false };
      acknowledged.add(unwrap(await engine.edit({ kind: "favourite", photo, favourite: !favourite })));
      return;
    }
    case "sync":
      // It may fail; nothing may be lost by that.
      await engines[step.device]?.sync();
      return;
    case "restart":
      await engines[step.device]?.close();
      engines[step.device] = await reopen(world, stores[step.device] as never);
      return;
    case "rollback": {
      const kept = Math.floor((world.brought().length * step.part) / 100);
      scene.lies.push(await world.lie((_, place) => place < kept));
      return;
    }
    case "withhold": {
      const device = engines[step.device]?.state.device;
      scene.lies.push(await world.withhold((entry) => entry.device === device && entry.kind === "content"));
      return;
    }
    case "lose":
      world.loseRelay();
      scene.lies = [];
      return;
    case "stall":
      scene.lies.push(world.stall());
      return;
    case "offline":
      world.offline = true;
      return;
    case "honest":
      heal(scene);
  }
}

/** The relay is what it was before its oldest lie. */
function heal(scene: Scene): void {
  scene.world.offline = false;
  for (const stop of scene.lies.reverse()) stop();
  scene.lies = [];
}

test("whatever the relay does, nothing acknowledged is lost, and all agree within three rounds after it is honest", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1 << 30 }),
      fc.array(step, { minLength: 4, maxLength: 24 }),
      async (seed, steps) => {
        const scene = await begin(seed);
        for (const one of steps) {
          await perform(scene, one);
          // Safety after every step: a device never loses what it acknowledged itself.
          for (const { state } of scene.engines) {
            const held = new Set(state.view.history.map(({ id }) => id));
            const own = state.view.history.filter(({ device }) => device === state.device);
            for (const { id } of own) expect(held.has(id)).toBe(true);
            expect(state.quarantine).toEqual([]);
          }
        }
        heal(scene);
        for (let round = 0; round < healingRounds; round++) for (const engine of scene.engines) unwrap(await engine.sync());
        const digests = scene.engines.map(({ state }) => state.view.digest);
        expect(digests[1]).toEqual(digests[0]);
        expect(digests[2]).toEqual(digests[0]);
        for (const { state } of scene.engines) {
          const held = new Set(state.view.history.map(({ id }) => id));
          for (const id of scene.acknowledged) expect(held.has(id)).toBe(true);
          expect(state.evidence.filter(({ kind }) => kind === "missing" || kind === "copy" || kind === "fork")).toEqual([]);
          expect(state.sync.outbox).toBe(0);
        }
      },
    ),
    { numRuns: 25, endOnFailure: false },
  );
});
