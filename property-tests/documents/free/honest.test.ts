/** Whatever Automerge writes counts, and in whatever order it comes the document is the one that Automerge itself would make. */
import { expect, test } from "vitest";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { createFreeDocuments } from "@albumen/core/documents/free/free-documents.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { contentOf, createEditor, headsOf, writeTogether } from "../../arbitraries/free-edits.ts";
import { actorOf, applied, carried, devices, document, judge } from "./library.ts";

const seeds = Array.from({ length: 8 }, (_, at) => at + 1);

test.each(seeds)("every edit that Automerge knows counts, in any order and by any steps (seed %i)", (seed) => {
  const random = seededRandom(seed);
  const editor = createEditor(random);
  const whole = writeTogether(editor, [actorOf(0), actorOf(1), actorOf(2)], 30);
  const changes = Automerge.getAllChanges(whole).map((bytes, at) => {
    const actor = Automerge.decodeChange(bytes).actor;
    const device = [0, 1, 2].find((number) => actor.includes(actorOf(number))) ?? -1;
    return carried(bytes, { device, sequence: at + 1 });
  });
  const straight = judge(changes);
  expect(straight.left).toEqual([]);
  expect(headsOf(applied(straight))).toEqual(headsOf(whole));
  expect(contentOf(applied(straight))).toEqual(contentOf(whole));

  const shuffled = [...changes].sort(() => editor.below(3) - 1);
  const free = createFreeDocuments();
  const members = devices.map((device) => ({ device }));
  const grown: typeof shuffled = [];
  let live = Automerge.init<unknown>();
  for (const change of shuffled) {
    grown.push(change);
    free.update({ changes: grown, members, isVoid: () => false });
    const { applied: now } = free.document(document);
    live = Automerge.applyChanges(
      live,
      now.map(({ bytes }) => bytes),
    )[0];
  }
  expect(headsOf(live)).toEqual(headsOf(whole));
  expect(contentOf(Automerge.load(Automerge.save(live)))).toEqual(contentOf(whole));
});
