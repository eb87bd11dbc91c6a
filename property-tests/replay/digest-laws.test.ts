import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LibraryView } from "@albumen/core/projection/view.ts";
import type { VerifiedRecord } from "@albumen/core/facts/verified-record.ts";
import type { Edit } from "@albumen/core/projection/edit.ts";
import { projectLibrary } from "@albumen/core/projection/project.ts";
import { clusterFaces } from "@albumen/models/cluster/cluster.ts";
import { faceOf, madeUpRecord } from "../arbitraries/library-photos.ts";
import { createLibraryWorld, exchange, type LibraryWorld, type TestDevice } from "../arbitraries/library-world.ts";
import { libraryScripts, type PlayedLibrary, playScript, playSteps } from "../arbitraries/library-scripts.ts";

/** A copy that shares nothing, so that nothing remembered with a record can help. */
const copy = (record: VerifiedRecord): VerifiedRecord => structuredClone(record);

function allRecords({ devices }: PlayedLibrary): readonly VerifiedRecord[] {
  exchange(...devices);
  return [...(devices[0]?.held.values() ?? [])];
}

function voidSome(world: LibraryWorld, records: readonly VerifiedRecord[], every: number): void {
  for (const [i, { hash }] of [...records].entries()) if (i % every === every - 1) world.voided.add(hash);
}

describe("digest", () => {
  test("devices that hold the same agree on everything they show", () => {
    fc.assert(
      fc.property(libraryScripts(30), (steps) => {
        const played = playScript(steps);
        exchange(...played.devices);
        const [first, ...others] = played.devices.map((device) => device.view());
        for (const view of others) expect(view).toEqual(first);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test("order, repetition and batching of delivery change nothing, nor do records set aside", () => {
    const scripts = fc.tuple(
      libraryScripts(30),
      fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
      fc.integer({ min: 3, max: 40 }),
    );
    fc.assert(
      fc.property(scripts, ([steps, keys, every]) => {
        const played = playScript(steps);
        const records = allRecords(played);
        voidSome(played.world, records, every);
        const shuffled = records
          .map((record, i) => ({ record: copy(record), key: keys[i % keys.length] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ record }) => record);
        const expected = played.world.project(records).view;
        expect(played.world.project(shuffled).view).toEqual(expected);
        expect(played.world.project([...shuffled, ...records, ...shuffled]).view.digest).toEqual(expected.digest);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  test("wall clocks, texts of events and names of devices are not in it", () => {
    fc.assert(
      fc.property(libraryScripts(25), (steps) => {
        const played = playScript(steps);
        const records = allRecords(played);
        const elsewhere = records.map((record) => ({
          ...copy(record),
          events: record.events.map((event) => ({ ...event, at: 9_999_999_999_999 - event.at, what: "something" })),
        }));
        const { digest } = played.world.project(records).view;
        const other = projectLibrary({
          records: elsewhere,
          isVoid: () => false,
          seniority: (device) => played.devices.findIndex(({ id }) => id === device),
          indexRecords: played.world.indexRecords,
          cluster: clusterFaces,
          today: null,
        });
        expect(other.view.digest).toEqual(digest);
      }),
      { seed: 3, numRuns: 30 },
    );
  });

  test("it differs where the answer differs, and where records or index records differ", () => {
    const { world, devices } = playScript([]);
    const [laptop] = devices;
    if (laptop === undefined) throw new Error("no device");
    const before = laptop.view().digest;
    const [cluster] = laptop.view().clusters;
    laptop.edit({ kind: "nameCluster", cluster: cluster?.id as never, person: world.person(), name: "Anna" });
    const named = laptop.view().digest;
    expect(named).not.toEqual(before);
    expect([named.index, named.missing]).toEqual([before.index, 0]);
    expect(named.records).not.toBe(before.records);
    const [index] = [...world.indexRecords.keys()].sort();
    world.indexRecords.delete(index as never);
    const missing = world.project([...laptop.held.values()]).view;
    expect(missing.digest.missing).toBe(1);
    expect(missing.digest.index).not.toBe(named.index);
    expect(missing.photos.filter((photo) => !photo.indexed).map((photo) => photo.faces)).toEqual([[]]);
  });

  test("it changes with an edit exactly where something shown changes", () => {
    const shown = ({ photos, people, clusters, albums }: LibraryView): unknown => ({
      photos,
      people,
      clusters,
      albums: albums.map((album) => ({ ...album, problem: album.problem !== null })),
    });
    const step = fc.record({ device: fc.constant(0), action: fc.nat(29), pick: fc.nat(40), other: fc.nat(40) });
    fc.assert(
      fc.property(libraryScripts(20), fc.array(step, { minLength: 10, maxLength: 10 }), (steps, later) => {
        const played = playScript(steps);
        const [laptop] = played.devices as [TestDevice];
        for (const one of later) {
          const before = laptop.view();
          playSteps(played, [one]);
          const isSame = isDeepStrictEqual(shown(laptop.view()), shown(before));
          expect(laptop.view().digest.digest === before.digest.digest).toBe(isSame);
        }
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  test("a question that was answered, and a pin that only repeats the rule, are in it", () => {
    const world = createLibraryWorld();
    const [laptop, anna] = [world.device("Laptop"), world.person()];
    laptop.announce([1, 2, 3].map((number) => madeUpRecord(number, [0])));
    laptop.edit({ kind: "nameCluster", cluster: laptop.view().clusters[0]?.id as never, person: anna, name: "Anna" });
    laptop.announce([madeUpRecord(4, [0.5])]);
    const album = world.album();
    laptop.edit({ kind: "createAlbum", album, name: "Us", rule: 'person:"Anna"' });
    const digests = [laptop.view().digest.digest];
    laptop.edit({ kind: "notSure", face: faceOf(madeUpRecord(4, [0.5])), person: anna });
    digests.push(laptop.view().digest.digest);
    laptop.edit({ kind: "pin", album, photos: [madeUpRecord(1, []).photo] });
    digests.push(laptop.view().digest.digest);
    expect(new Set(digests).size).toBe(3);
  });

  test("the scripts make every kind of edit", () => {
    const made = new Set<Edit["kind"]>();
    for (const steps of fc.sample(libraryScripts(60), { seed: 7, numRuns: 60 }))
      for (const kind of playScript(steps).edits) made.add(kind);
    const people =
      "assign assignNew cover deletePerson deny distinct hidePerson ignore manualFace merge name nameCluster notSure unmerge";
    const others = "caption choosePack correctDate correctPlace favourite hidePhoto restore trash undo";
    const albums = "createAlbum deleteAlbum exclude pin renameAlbum rule";
    expect([...made].sort()).toEqual(`${people} ${others} ${albums}`.split(" ").sort());
  });
});
