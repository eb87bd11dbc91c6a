/**
 * Hostile changes: what a member could write by hand. Whatever is let through does no harm: Automerge applies it, in either order
 * beside what others wrote meanwhile; the document loads again; others go on writing. Without the checks of `core/documents/free`,
 * of 594 of these that Automerge decodes 188 make it throw, and 126 make a document that does not load again once it was saved.
 */
import { expect, test } from "vitest";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { verifyFreeChange } from "@albumen/core/documents/free-change.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { contentOf, createEditor, headsOf, writeTogether, type Editor, type Sheet } from "../../arbitraries/free-edits.ts";
import { actorOf, applied, carried, judge, lastOf, withChecksum } from "./library.ts";

/** Operations as `encodeChange` takes them. */
interface Operation {
  action: string;
  obj: string;
  key?: string;
  elemId?: string;
  insert?: boolean;
  value?: unknown;
  datatype?: string;
  pred?: string[];
}

interface Written {
  readonly actor: string;
  readonly startOp: number;
  readonly ops: Operation[];
}

function decode(change: Uint8Array): Written {
  return Automerge.decodeChange(change) as unknown as Written;
}

/** `change` with some of its bytes behind its head turned. */
function turnBytes(change: Uint8Array, { below }: Editor): Uint8Array {
  const forged = change.slice();
  for (let left = 1 + below(2); left > 0; left--) {
    const at = Math.min(forged.length - 1, 90 + below(forged.length - 90));
    forged[at] = below(2) === 0 ? (forged[at] ?? 0) ^ (1 << below(8)) : below(256);
  }
  return withChecksum(forged);
}

/** `change` with one of its operations made to say something else about what is there; null where Automerge cannot write it. */
function twistOperation(change: Uint8Array, others: readonly Uint8Array[], { below, pick }: Editor): Uint8Array | null {
  const written = decode(change);
  const names = [...others, change]
    .map(decode)
    .flatMap(({ ops, startOp, actor }) => ops.map((_, at) => `${startOp + at}@${actor}`));
  const operation = pick(written.ops);
  if (operation === undefined) return null;
  const twists: readonly (() => void)[] = [
    () => Object.assign(operation, { obj: pick(["_root", ...names]) }),
    () =>
      Object.assign(
        operation,
        operation.elemId === undefined ? { key: `key ${below(5)}` } : { elemId: pick(["_head", ...names]) },
      ),
    () => Object.assign(operation, { pred: [pick(names)] }),
    () => Object.assign(operation, { pred: [] }),
    () => Object.assign(operation, { insert: operation.insert !== true }),
    () =>
      Object.assign(operation, {
        action: pick(["set", "del", "inc", "makeMap", "makeText", "makeList", "markBegin", "markEnd"]),
      }),
    () => written.ops.push({ ...pick(written.ops) }),
    () =>
      Object.assign(operation, { value: pick([1, "s", null, true]), datatype: pick(["int", "counter", "timestamp", undefined]) }),
  ];
  pick(twists)();
  try {
    return Automerge.encodeChange(written as unknown as Parameters<typeof Automerge.encodeChange>[0]);
  } catch {
    return null;
  }
}

/** What one forged change comes to: refused, or let through and harmless. */
function tryForged(forged: Uint8Array, base: Automerge.Doc<Sheet>, meanwhile: Uint8Array): "refused" | "harmless" {
  const changes = Automerge.getAllChanges(base);
  if (!verifyFreeChange(forged).ok) return "refused";
  const places = changes.map((bytes, at) => {
    const device = [0, 1, 2].find((number) => decode(bytes).actor.includes(actorOf(number))) ?? 3;
    return carried(bytes, { device, sequence: at + 1 });
  });
  places.push(carried(forged, { device: 3, sequence: 1 }));
  const document = judge(places);
  if (document.left.length > 0) return "refused";
  const first = Automerge.applyChanges(applied<Sheet>(document), [meanwhile])[0];
  const second = Automerge.applyChanges(Automerge.init<Sheet>(), [...changes, meanwhile, forged])[0];
  expect(headsOf(first)).toEqual(headsOf(second));
  expect(contentOf(first)).toEqual(contentOf(second));
  expect(contentOf(Automerge.load(Automerge.save(first)))).toEqual(contentOf(first));
  const later = Automerge.change(Automerge.clone(first, { actor: actorOf(1, 9) }), (sheet) => {
    sheet["fresh"] = 1;
    if (typeof sheet.text === "string") Automerge.splice(sheet, ["text"], 0, 0, "later");
  });
  expect(contentOf(Automerge.applyChanges(second, [lastOf(later)])[0])).toEqual(contentOf(later));
  return "harmless";
}

test.each(Array.from({ length: 6 }, (_, at) => 100 + at))("forged changes are refused or harmless (seed %i)", (seed) => {
  const editor = createEditor(seededRandom(seed));
  const outcomes = { refused: 0, harmless: 0 };
  for (let round = 0; round < 4; round++) {
    const base = writeTogether(editor, [actorOf(0), actorOf(1), actorOf(2)], 12);
    const hostile = Automerge.change(Automerge.clone(base, { actor: actorOf(3) }), editor.edit);
    const honest = Automerge.change(Automerge.clone(base, { actor: actorOf(0, 5) }), editor.edit);
    if (headsOf(hostile).join() === headsOf(base).join() || headsOf(honest).join() === headsOf(base).join()) continue;
    for (let at = 0; at < 30; at++) {
      const others = [...Automerge.getAllChanges(base), lastOf(honest)];
      const forged = at % 2 === 0 ? turnBytes(lastOf(hostile), editor) : twistOperation(lastOf(hostile), others, editor);
      if (forged !== null) outcomes[tryForged(forged, base, lastOf(honest))]++;
    }
  }
  expect(outcomes.refused).toBeGreaterThan(20);
  expect(outcomes.harmless).toBeGreaterThan(0);
});
