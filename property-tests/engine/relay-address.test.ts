import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLibrary } from "@albumen/client/engine/open.ts";
import { createTransport } from "@albumen/client/transport/transport.ts";
import { startRelay } from "../../relay/serve.ts";
import { createWorld, madeUpPhoto, unwrap } from "./bench-world.ts";

test("a device signs the address it reached: this machine under any of its names, and no other relay's", async () => {
  const data = mkdtempSync(join(tmpdir(), "albumen-relay-"));
  const relay = await startRelay({ data, port: 0 });
  const elsewhere = await startRelay({ data: join(data, "elsewhere"), port: 0, origin: "https://relay.example" });
  const transport = createTransport(fetch, (url) => new WebSocket(url));
  try {
    for (const host of ["127.0.0.1", "localhost"]) {
      const parts = { ...createWorld(host.length).parts(), transport };
      const { engine } = unwrap(await createLibrary(parts, { relay: `http://${host}:${relay.port}`, name: "Laptop" }));
      unwrap(await engine.importFiles([madeUpPhoto(1, 1)]));
      expect(unwrap(await engine.sync())).toMatchObject({ pushed: 2, uploaded: 2 });
    }
    const parts = { ...createWorld(3).parts(), transport };
    const { engine } = unwrap(await createLibrary(parts, { relay: elsewhere.url, name: "Laptop" }));
    const refused = await engine.sync();
    expect(!refused.ok && refused.error.reason).toContain("not for the address https://relay.example");
  } finally {
    await relay.close();
    await elsewhere.close();
    rmSync(data, { recursive: true });
  }
});

test("two live devices see each other's edits without asking", async () => {
  const data = mkdtempSync(join(tmpdir(), "albumen-relay-"));
  const relay = await startRelay({ data, port: 0 });
  const transport = createTransport(fetch, (url) => new WebSocket(url));
  const world = createWorld(9);
  const parts = (): ReturnType<typeof world.parts> => ({ ...world.parts(), transport });
  const { engine: laptop } = unwrap(await createLibrary(parts(), { relay: relay.url, name: "Laptop" }));
  const { joinLibrary } = await import("@albumen/client/engine/open.ts");
  const confirm = async (): Promise<boolean> => true;
  const codes: ((code: string) => void)[] = [];
  const shown = new Promise<string>((resolve) => codes.push(resolve));
  const invited = laptop.invite({ confirm, code: (code) => codes[0]?.(code) });
  const { engine: phone } = unwrap(await joinLibrary(parts(), await shown, "Phone", { confirm }));
  unwrap(await invited);
  try {
    laptop.startSync();
    phone.startSync();
    await reached(() => laptop.state.sync.phase === "live" && phone.state.sync.phase === "live");
    unwrap(await laptop.importFiles([madeUpPhoto(1, 1, 2), madeUpPhoto(2, 1)]));
    await reached(() => phone.state.view.photos.length === 2 && phone.state.view.photos.every((photo) => photo.indexed));
    const [cluster] = phone.state.view.clusters;
    if (cluster === undefined) throw new Error("there are no clusters");
    unwrap(await phone.edit({ kind: "nameCluster", cluster: cluster.id, person: phone.newPersonId(), name: "Anna" }));
    await reached(() => laptop.state.view.people[0]?.name === "Anna");
    await reached(() => laptop.state.view.digest.digest === phone.state.view.digest.digest);
    await reached(() => laptop.state.sync.outbox + phone.state.sync.outbox === 0);
    // A round asked for by hand does not end the live connection.
    unwrap(await laptop.sync());
    await reached(() => laptop.state.sync.phase === "live");
    const [anna] = laptop.state.view.people;
    if (anna === undefined) throw new Error("there is nobody");
    unwrap(await laptop.edit({ kind: "name", person: anna.id, name: "Anne" }));
    await reached(() => phone.state.view.people[0]?.name === "Anne");
  } finally {
    await laptop.close();
    await phone.close();
    await relay.close();
    rmSync(data, { recursive: true });
  }
});

/** Waits up to ten seconds until `condition` holds. */
async function reached(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not reached within ten seconds: ${condition.toString()}`);
}
