import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseStoredRule } from "@albumen/core/albums/rule-codec.ts";
import type { Rule } from "@albumen/core/albums/rule.ts";
import { encodeFact } from "@albumen/core/facts/fact-codec.ts";
import type { AlbumId, ClusterId, PhotoId } from "@albumen/core/ids/ids.ts";
import { encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { explainMembership } from "@albumen/core/projection/explain.ts";
import type { Projection } from "@albumen/core/projection/project.ts";
import type { LibraryView, PhotoView } from "@albumen/core/projection/view.ts";
import { createLibraryWorld, exchange, type TestDevice } from "../arbitraries/library-world.ts";
import { madeUpRecord } from "../arbitraries/library-photos.ts";
import { libraryScripts, playScript } from "../arbitraries/library-scripts.ts";

/** Membership by the words of the design, from what the view shows and from the stored rules; the scripts' clauses only. */
function membersSlowly(projection: Projection, album: AlbumId): readonly PhotoId[] {
  const { view, albums, people } = projection;
  const shown = view.albums.find(({ id }) => id === album);
  if (shown === undefined) throw new Error("no such album");
  const stored = albums.byId.get(album)?.rules.at(-1)?.statement.rule ?? null;
  const rule = stored === null || shown.problem !== null ? null : parseStoredRule(stored);
  const holds = (node: Rule, photo: PhotoView): boolean => {
    const faces = photo.faces.filter(({ ignored }) => !ignored);
    const people_ = faces
      .filter(({ belonging }) => belonging === "confirmed" || belonging === "sure")
      .map(({ person }) => person);
    if (node.kind === "any") return node.rules.some((part) => holds(part, photo));
    if (node.kind === "not") return !holds(node.rule, photo);
    if (node.kind === "person") return people_.includes(people.classes.classOf(node.person));
    if (node.kind === "favourite") return photo.favourite;
    if (node.kind === "unnamed") return people_.length < faces.length;
    if (node.kind === "faces") return faces.length >= node.min;
    if (node.kind === "hidden") return view.people.some(({ id, hidden }) => hidden && people_.includes(id));
    if (node.kind === "album") return membersSlowly(projection, node.album).includes(photo.id);
    throw new Error(`the scripts write no ${node.kind}`);
  };
  return view.photos
    .filter((photo) => shown.pins.includes(photo.id) || (rule?.ok === true && holds(rule.value, photo)))
    .filter((photo) => !shown.excludes.includes(photo.id) && !photo.trashed && !photo.hidden)
    .map(({ id }) => id);
}

describe("albums", () => {
  test("membership is what the slow reference says, and every explanation agrees with it", () => {
    let albums = 0;
    fc.assert(
      fc.property(libraryScripts(30), (steps) => {
        const { devices } = playScript(steps);
        const [laptop] = devices as [TestDevice];
        exchange(...devices);
        const projection = laptop.project();
        for (const album of projection.view.albums) {
          albums++;
          expect(album.photos).toEqual(membersSlowly(projection, album.id));
          for (const photo of projection.view.photos) {
            const explanation = explainMembership(projection, album.id, photo.id);
            const isKeptOut = ["trashed", "hidden", "excluded"].includes(explanation?.tree.clause ?? "");
            expect(explanation?.in).toBe(album.photos.includes(photo.id));
            expect(explanation?.in).toBe(explanation?.tree.holds === true && !isKeptOut);
          }
        }
      }),
      { seed: 41, numRuns: 200 },
    );
    expect(albums).toBeGreaterThan(200);
  });

  test("an explanation names the facts beneath each leaf, who said them and when", () => {
    const world = createLibraryWorld();
    const laptop = world.device("Laptop");
    laptop.announce([madeUpRecord(1, [0, 1]), madeUpRecord(2, [0])]);
    laptop.edit({
      kind: "assignNew",
      faces: [laptop.view().photos[0]?.faces[0]?.id as never],
      person: world.person(),
      name: "Anna",
    });
    const album = world.album();
    laptop.edit({ kind: "createAlbum", album, name: "Us", rule: 'person:"Anna" and not favourite' });
    const [one, two] = laptop.view().photos.map(({ id }) => explainMembership(laptop.project(), album, id));
    expect(one?.tree).toMatchObject({
      clause: 'person:"Anna" and not favourite',
      holds: true,
      parts: [
        { clause: 'person:"Anna"', holds: true, why: "Anna: confirmed by Laptop on 2023-11-14.", facts: [expect.any(String)] },
        { clause: "not favourite", holds: true, parts: [{ clause: "favourite", holds: false, why: "It is no favourite." }] },
      ],
    });
    expect(two?.tree.parts[0]?.why).toBe("Anna: looks like a face confirmed by Laptop on 2023-11-14.");
    expect(one?.facts).toEqual([
      { id: one?.tree.parts[0]?.facts[0], device: laptop.id, at: 1_700_000_002_000, text: "a face is Anna" },
    ]);
    expect(explainMembership(laptop.project(), album, "0".repeat(32) as PhotoId)).toBeNull();
  });
});

describe("rules that cannot be evaluated say why, and the album holds its pins", () => {
  const world = createLibraryWorld();
  const laptop = world.device("Laptop");
  const photo = madeUpRecord(1, [0]);
  laptop.announce([photo]);
  const create = (name: string, rule = ""): AlbumId => {
    const album = world.album();
    laptop.edit({ kind: "createAlbum", album, name, rule });
    laptop.edit({ kind: "pin", album, photos: [photo.photo] });
    return album;
  };
  const shown = (view: LibraryView, album: AlbumId): unknown => {
    const { problem, photos } = view.albums.find(({ id }) => id === album) ?? {};
    return [problem, photos?.length];
  };

  test("albums in a circle, and those that use them", () => {
    const [a, b, c] = [create("A"), create("B", 'album:"A"'), create("C", 'not album:"B"')];
    laptop.edit({ kind: "rule", album: a, rule: 'album:"B" or favourite' });
    const view = laptop.view();
    expect([a, b, c].map((album) => shown(view, album))).toEqual([
      ['The albums go round in a circle: "A" uses "B" uses "A".', 1],
      ['The albums go round in a circle: "B" uses "A" uses "B".', 1],
      ['The rule uses the album "B", whose rule cannot be evaluated.', 1],
    ]);
    laptop.edit({ kind: "rule", album: a, rule: "favourite" });
    expect(laptop.view().albums.map(({ problem }) => problem)).toEqual([null, null, null]);
  });

  test("a clause from a newer version, kept and named", () => {
    const album = create("Newer");
    laptop.write({ what: "rule", facts: [encodeFact({ kind: "rule", album, rule: encodeCbor([1, ["pets", "dog"]]) })] });
    const problem = 'The rule needs a newer version of Albumen: this one does not know the clause "pets".';
    expect(shown(laptop.view(), album)).toEqual([problem, 1]);
    expect(laptop.view().albums.find(({ id }) => id === album)?.rule).toBeNull();
  });

  test("a day that was not given; with a day the album is evaluated, and in the digest", () => {
    const album = create("Recent", "recent:10d");
    expect(shown(laptop.view(), album)).toEqual(["The rule depends on the day, and no day was given.", 1]);
    expect(shown(laptop.project("2024-06-05").view, album)).toEqual([null, 1]);
    const before = laptop.view().digest.digest;
    expect(laptop.project("2024-06-05").view.digest.digest).not.toBe(before);
    expect(() => laptop.project("yesterday")).toThrow(RangeError);
  });

  test("a person whose naming was undone", () => {
    const cluster = laptop.view().clusters[0]?.id as ClusterId;
    const naming = laptop.edit({ kind: "nameCluster", cluster, person: world.person(), name: "Anna" });
    const album = create("Anna", 'person:"Anna"');
    laptop.edit({ kind: "undo", event: naming });
    expect(shown(laptop.view(), album)).toEqual([expect.stringContaining("names a person who is not here any more"), 1]);
    expect(laptop.view().albums.find(({ id }) => id === album)?.rule).toMatch(/^person:#[0-9a-f]{32}$/);
  });
});
