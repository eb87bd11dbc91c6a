/**
 * Scripts: what a few people do to one library on three devices that meet now and then. A script is a list of small numbers, so
 * it shrinks; each step picks an edit that the device's own view offers, and a step that the view refuses is skipped.
 */
import fc from "fast-check";
import type { ClusterId, PackId } from "@albumen/core/ids/ids.ts";
import type { Edit } from "@albumen/core/projection/edit.ts";
import type { LibraryView } from "@albumen/core/projection/view.ts";
import { createLibraryWorld, exchange, type LibraryWorld, type TestDevice } from "./library-world.ts";
import { madeUpRecord } from "./library-photos.ts";

/** One step: who does what to which; `pick` chooses among what the view shows. */
export interface Step {
  readonly device: number;
  readonly action: number;
  readonly pick: number;
  readonly other: number;
}

/** Scripts of at most `length` steps. */
export function libraryScripts(length: number): fc.Arbitrary<readonly Step[]> {
  const step = fc.record({ device: fc.nat(2), action: fc.nat(32), pick: fc.nat(40), other: fc.nat(40) });
  return fc.array(step, { minLength: 1, maxLength: length, size: "max" });
}

/** A library after a script. */
export interface PlayedLibrary {
  readonly world: LibraryWorld;
  readonly devices: readonly TestDevice[];
  /** The edits that were made, in order. */
  readonly edits: readonly Edit["kind"][];
}

/** Plays a script over eight photos of four people, three of them named, and one album. */
export function playScript(steps: readonly Step[]): PlayedLibrary {
  const world = createLibraryWorld();
  const devices = ["Laptop", "Phone", "Tablet"].map(world.device);
  const [laptop, phone] = devices as [TestDevice, TestDevice, TestDevice];
  laptop.announce([madeUpRecord(1, [0]), madeUpRecord(2, [0, 1]), madeUpRecord(3, [1]), madeUpRecord(4, [2, 0.5])]);
  phone.announce([
    madeUpRecord(4, [2, 0.5]),
    madeUpRecord(5, [0, 2]),
    madeUpRecord(6, [3, 1]),
    madeUpRecord(7, [0]),
    madeUpRecord(8, []),
  ]);
  const names = ["Anna", "Ben", "Carl"];
  for (const name of names) {
    const cluster = laptop.view().clusters[0]?.id as ClusterId;
    laptop.edit({ kind: "nameCluster", cluster, person: world.person(), name });
  }
  laptop.edit({ kind: "createAlbum", album: world.album(), name: "Us", rule: 'person:"Anna"' });
  exchange(...devices);
  const played: PlayedLibrary = { world, devices, edits: [] };
  return { ...played, edits: playSteps(played, steps) };
}

/** Plays further steps; returns the edits that were made. */
export function playSteps({ world, devices }: PlayedLibrary, steps: readonly Step[]): readonly Edit["kind"][] {
  const edits: Edit["kind"][] = [];
  for (const step of steps) {
    const device = devices[step.device] as TestDevice;
    if (step.action >= 30) {
      exchange(device, devices[step.pick % 3] as TestDevice);
      continue;
    }
    const edit = drawEdit(step, device.view(), world);
    if (edit === null || !device.plan(edit).ok) continue;
    device.edit(edit);
    edits.push(edit.kind);
  }
  return edits;
}

function drawEdit({ action, pick, other }: Step, view: LibraryView, world: LibraryWorld): Edit | null {
  const faces = view.photos.flatMap((photo) => photo.faces.map(({ id }) => id));
  const [face, otherFace] = [at(faces, pick), at(faces, other)];
  const [person, second] = [at(view.people, pick)?.id, at(view.people, other)?.id];
  const photo = at(view.photos, pick)?.id;
  const album = at(view.albums, other)?.id;
  const event = at(view.history, pick + 2)?.id;
  const name = `Person ${pick % 5}`;
  const about = <T>(subject: T | undefined, make: (subject: T) => Edit | null): Edit | null =>
    subject === undefined ? null : make(subject);
  const cluster = at(view.clusters, pick)?.id;
  const actions: readonly (() => Edit | null)[] = [
    () => about(cluster, (id) => ({ kind: "nameCluster", cluster: id, person: world.person(), name })),
    () => about(cluster, (id) => ({ kind: "nameCluster", cluster: id, person: second ?? world.person(), name })),
    () => about(face, (id) => ({ kind: "assignNew", faces: [id], person: world.person(), name })),
    () => about(second, (id) => ({ kind: "assign", faces: [face, otherFace].filter((one) => one !== undefined), person: id })),
    () => about(person, (id) => ({ kind: "name", person: id, name: `Renamed ${other % 5}` })),
    () => about(face, (id) => ({ kind: "deny", face: id, person: second ?? world.person() })),
    () => about(face, (id) => ({ kind: "notSure", face: id, person: second ?? world.person() })),
    () => about(face, (id) => ({ kind: "ignore", faces: [id] })),
    () => about(photo, (id) => ({ kind: "manualFace", photo: id, box: { x: 100 * other, y: 40_000, w: 3000, h: 3000 } })),
    () => about(person, (id) => ({ kind: "merge", a: id, b: second ?? id })),
    () => about(person, (id) => ({ kind: "merge", a: second ?? id, b: id })),
    () => about(person, (id) => ({ kind: "unmerge", person: id })),
    () => about(person, (id) => ({ kind: "distinct", a: id, b: second ?? id })),
    () => about(person, (id) => ({ kind: "hidePerson", person: id, hidden: other % 2 === 0 })),
    () => about(face, (id) => ({ kind: "cover", person: second ?? world.person(), face: id })),
    () => about(person, (id) => ({ kind: "deletePerson", person: id })),
    () => ({ kind: "createAlbum", album: world.album(), name: `Album ${pick % 3}`, rule: drawRule(pick, view) }),
    () => about(album, (id) => ({ kind: "renameAlbum", album: id, name: `Album ${pick}` })),
    () => about(album, (id) => ({ kind: "rule", album: id, rule: drawRule(pick, view) })),
    () => about(photo, (id) => about(album, (into) => ({ kind: "pin", album: into, photos: [id] }))),
    () => about(photo, (id) => about(album, (from) => ({ kind: "exclude", album: from, photos: [id] }))),
    () => about(album, (id) => ({ kind: "deleteAlbum", album: id })),
    () => about(photo, (id) => ({ kind: "favourite", photo: id, favourite: other % 2 === 0 })),
    () =>
      about(photo, (id) => ({
        kind: other % 2 === 0 ? "caption" : "hidePhoto",
        photo: id,
        text: `Caption ${other}`,
        hidden: other % 4 === 1,
      })),
    () => about(photo, (id) => ({ kind: other % 2 === 0 ? "trash" : "restore", photos: [id] })),
    () =>
      about(photo, (id) => ({
        kind: "correctDate",
        photos: [id],
        date: other % 5 === 0 ? null : `2023-01-1${other % 10}T00:00:00`,
      })),
    () => about(photo, (id) => ({ kind: "correctPlace", photos: [id], place: { latitude: other, longitude: -other } })),
    () => ({ kind: "choosePack", pack: (pick % 2 === 0 ? "ab" : "cd").repeat(16) as PackId }),
    () => about(event, (id) => ({ kind: "undo", event: id })),
    () => about(event, (id) => ({ kind: "undo", event: id })),
  ];
  return actions[action]?.() ?? null;
}

function drawRule(pick: number, view: LibraryView): string {
  const person = `person:#${at(view.people, pick)?.id ?? "0".repeat(32)}`;
  const album = at(view.albums, pick)?.id;
  return (
    at(
      [
        person,
        `not ${person}`,
        `${person} or favourite`,
        "unnamed",
        "faces:2..",
        album === undefined ? "hidden" : `album:#${album}`,
      ],
      pick,
    ) ?? ""
  );
}

function at<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % list.length];
}
