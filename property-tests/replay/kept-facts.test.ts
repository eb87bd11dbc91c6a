import { describe, expect, test } from "vitest";
import { encodeFact } from "@albumen/core/facts/fact-codec.ts";
import type { AlbumId, ClusterId, PersonId, RecordHash } from "@albumen/core/ids/ids.ts";
import { encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { createLibraryWorld, exchange, type TestDevice } from "../arbitraries/library-world.ts";
import { faceOf, madeUpRecord } from "../arbitraries/library-photos.ts";

function createNamed(): {
  readonly world: ReturnType<typeof createLibraryWorld>;
  readonly laptop: TestDevice;
  readonly phone: TestDevice;
  readonly anna: PersonId;
} {
  const world = createLibraryWorld();
  const [laptop, phone, anna] = [world.device("Laptop"), world.device("Phone"), world.person()];
  laptop.announce([madeUpRecord(1, [0]), madeUpRecord(2, [0]), madeUpRecord(3, [1])]);
  laptop.edit({ kind: "nameCluster", cluster: laptop.view().clusters[0]?.id as ClusterId, person: anna, name: "Anna" });
  exchange(laptop, phone);
  return { world, laptop, phone, anna };
}

describe("what is unknown, damaged, too high or set aside", () => {
  test("facts of unknown kinds are kept and named; what stands beside them counts; they cannot be undone here", () => {
    const { laptop, phone, anna } = createNamed();
    const hide = encodeFact({ kind: "hide", person: anna, flag: true });
    const event = phone.write({ what: "future", facts: [encodeCbor([400, { pets: 2 }]), hide] });
    exchange(laptop, phone);
    expect(laptop.view().people[0]?.hidden).toBe(true);
    expect(laptop.view().history.find(({ id }) => id === event)).toMatchObject({
      facts: [expect.any(String), expect.any(String)],
      apart: "It needs a newer version: it holds a kind of fact that this one does not know.",
      text: "Something that this version cannot read; Anna is hidden.",
    });
    expect(laptop.plan({ kind: "undo", event })).toMatchObject({ error: { kind: "nothing-to-do" } });
    expect(phone.view().digest).toEqual(laptop.view().digest);
  });

  test("damaged facts and announcements say nothing and harm nothing", () => {
    const { laptop } = createNamed();
    const before = laptop.view();
    laptop.write(
      { what: "odd", facts: [encodeCbor([1, []]), new Uint8Array([0xff]), encodeCbor("text")] },
      { what: "odd", announcement: new Uint8Array(3) },
    );
    expect([laptop.view().people, laptop.view().photos]).toEqual([before.people, before.photos]);
    expect(
      laptop
        .view()
        .history.slice(-2)
        .map(({ apart }) => apart),
    ).toEqual(["It holds a damaged fact.", "It holds a damaged announcement."]);
  });

  test("an event far above all others waits, raises nobody's height, and counts when the library has grown", () => {
    const { laptop, phone, anna } = createNamed();
    const name = encodeFact({ kind: "name", person: anna, text: "Outrun" });
    const before = laptop.view();
    const event = phone.write({ what: "name", facts: [name], height: 1024 + 2 * (before.events + 3) });
    exchange(laptop, phone);
    expect(laptop.view()).toMatchObject({ height: before.height, people: [{ name: "Anna" }] });
    expect(laptop.view().history.find(({ id }) => id === event)?.apart).toMatch(/^Waits/);
    for (let i = 0; i < 2; i++) laptop.edit({ kind: "caption", photo: laptop.view().photos[0]?.id as never, text: `${i}` });
    expect(laptop.view()).toMatchObject({ height: 1024 + 2 * (before.events + 3), people: [{ name: "Outrun" }] });
    laptop.edit({ kind: "name", person: anna, name: "Anna" });
    expect(laptop.view().people[0]?.name).toBe("Anna");
  });

  test("what is set aside does not count, and counts again once it is adopted", () => {
    const { world, laptop, phone, anna } = createNamed();
    const event = phone.edit({ kind: "deny", face: faceOf(madeUpRecord(1, [0])), person: anna });
    exchange(laptop, phone);
    const after = laptop.view();
    const record = event.split(".")[0] as RecordHash;
    world.voided.add(record);
    const records = [...laptop.held.values()];
    const aside = world.project(records).view;
    expect(aside.people[0]?.faces).toHaveLength(2);
    expect(aside.digest.records).not.toBe(after.digest.records);
    world.voided.delete(record);
    expect(world.project(records).view).toEqual(after);
  });

  test("a photo that only a removed device announced is not in the library", () => {
    const { world, laptop, phone } = createNamed();
    const event = phone.announce([madeUpRecord(8, [2])]);
    exchange(laptop, phone);
    expect(laptop.view().photos).toHaveLength(4);
    world.voided.add(event.split(".")[0] as RecordHash);
    expect(world.project([...laptop.held.values()]).view.photos).toHaveLength(3);
  });

  test("what a removed device replaced before anybody knew stays as its author left it, also through its void facts", () => {
    const { world, laptop, phone, anna } = createNamed();
    const event = phone.edit({ kind: "name", person: anna, name: "Mistake" });
    exchange(laptop, phone);
    laptop.edit({ kind: "name", person: anna, name: "Annabel" });
    world.voided.add(event.split(".")[0] as RecordHash);
    expect(world.project([...laptop.held.values()]).view.people[0]).toMatchObject({ name: "Annabel", aliases: [] });
  });

  test("a late old record counts as if it had come first", () => {
    const { world, laptop, phone, anna } = createNamed();
    const old = phone.edit({ kind: "assign", faces: [faceOf(madeUpRecord(3, [1]))], person: anna });
    laptop.edit({ kind: "caption", photo: madeUpRecord(1, []).photo, text: "later" });
    const records = [...laptop.held.values(), ...phone.held.values()];
    const late = records.filter(({ hash }) => !old.startsWith(hash)).concat(records.filter(({ hash }) => old.startsWith(hash)));
    expect(world.project(late).view).toEqual(world.project(records).view);
  });
});

describe("edits that are refused", () => {
  const { world, laptop, anna } = createNamed();
  const face = faceOf(madeUpRecord(1, [0]));
  const [unknownPerson, unknownAlbum] = [world.person(), world.album()];
  const cases = [
    ["unknown-subject", { kind: "nameCluster", cluster: "0".repeat(32) as ClusterId, person: anna, name: "Anna" }],
    ["unknown-subject", { kind: "assign", faces: [face], person: unknownPerson }],
    ["unknown-subject", { kind: "assign", faces: [faceOf(madeUpRecord(9, [0]))], person: anna }],
    ["unknown-subject", { kind: "merge", a: anna, b: unknownPerson }],
    ["unknown-subject", { kind: "distinct", a: anna, b: anna }],
    ["unknown-subject", { kind: "cover", person: anna, face: faceOf(madeUpRecord(3, [1])) }],
    ["unknown-subject", { kind: "pin", album: unknownAlbum, photos: [madeUpRecord(1, []).photo] }],
    ["unknown-subject", { kind: "favourite", photo: madeUpRecord(9, []).photo, favourite: true }],
    ["bad-text", { kind: "name", person: anna, name: "  " }],
    ["bad-text", { kind: "name", person: anna, name: "x".repeat(2001) }],
    ["bad-text", { kind: "name", person: anna, name: "half \ud83d" }],
    ["bad-text", { kind: "correctDate", photos: [madeUpRecord(1, []).photo], date: "2023-02-29T12:00:00" }],
    ["bad-text", { kind: "correctPlace", photos: [madeUpRecord(1, []).photo], place: { latitude: 0, longitude: 0.5 } }],
    ["nothing-to-do", { kind: "correctDate", photos: [madeUpRecord(1, []).photo], date: "2024-06-02T12:00:00" }],
    ["nothing-to-do", { kind: "correctPlace", photos: [madeUpRecord(1, []).photo], place: null }],
    ["bad-rule", { kind: "createAlbum", album: unknownAlbum, name: "Us", rule: 'person:"Nobody"' }],
    ["nothing-to-do", { kind: "assign", faces: [face], person: anna }],
    ["nothing-to-do", { kind: "name", person: anna, name: " Anna " }],
    ["nothing-to-do", { kind: "merge", a: anna, b: anna }],
    ["nothing-to-do", { kind: "hidePerson", person: anna, hidden: false }],
    ["nothing-to-do", { kind: "favourite", photo: madeUpRecord(1, []).photo, favourite: false }],
    ["nothing-to-do", { kind: "restore", photos: [madeUpRecord(1, []).photo] }],
  ] as const;
  for (const [kind, edit] of cases) {
    test(`${edit.kind} ${JSON.stringify(edit).slice(0, 60)}: ${kind}`, () => {
      const planned = laptop.plan(edit);
      expect(planned).toMatchObject({ ok: false, error: { kind } });
      expect(planned.ok || /^[A-Z][^\n]*[.]$/.test(planned.error.reason)).toBe(true);
    });
  }

  test("a rule that is wrong says at which character", () => {
    const planned = laptop.plan({ kind: "createAlbum", album: "1".repeat(32) as AlbumId, name: "Us", rule: 'person:"Ana"' });
    expect(planned).toMatchObject({
      error: { reason: 'The rule is wrong at character 8: no person is called "Ana"; known are "Anna".' },
    });
  });
});
