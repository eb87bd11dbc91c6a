/** A relay that lost everything is filled again by whoever is left, also where the founder's device is not among them any more. */
import { expect, test } from "vitest";
import type { Engine } from "@albumen/client/engine/api.ts";
import { createLibrary } from "@albumen/client/engine/open.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { createWorld, joinDevice, madeUpPhoto, relayAddress, unwrap } from "./bench-world.ts";

test("the one device that is left fills the relay again, though the founder's was removed at the end of what it wrote", async () => {
  const world = createWorld(301);
  const { engine: phone, words } = unwrap(await createLibrary(world.parts(), { relay: relayAddress, name: "Phone" }));
  unwrap(await phone.importFiles([madeUpPhoto(1, 1), madeUpPhoto(2, 2)]));
  const laptop = await joinDevice(world, phone, "Laptop");
  for (const text of ["one", "two", "three"]) {
    unwrap(await phone.edit({ kind: "caption", photo: phone.state.view.photos[0]?.id as PhotoId, text }));
  }
  unwrap(await phone.sync());
  unwrap(await laptop.sync());
  unwrap(await laptop.removeDevices([phone.state.device], words));
  unwrap(await laptop.sync());
  const captions = (engine: Engine): (string | null)[] => engine.state.view.photos.map(({ caption }) => caption);
  expect(captions(laptop)).toContain("three");

  world.loseRelay();
  unwrap(await laptop.sync());
  expect(laptop.state.sync.outbox).toBe(0);
  const tablet = await joinDevice(world, laptop, "Tablet");
  expect(captions(tablet)).toEqual(captions(laptop));
  expect(tablet.state.view.digest.records).toBe(laptop.state.view.digest.records);
  expect(tablet.state.devices.find(({ id }) => id === phone.state.device)?.removed).toBe(true);
});
