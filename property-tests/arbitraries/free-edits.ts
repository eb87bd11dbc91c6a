/** Random edits of documents, of every kind that Automerge knows, by several actors that merge now and then. */
import "./automerge.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import type { Random } from "@albumen/core/ports/random.ts";

/** A document on which every edit of `Editor.edit` works. */
export interface Sheet {
  [key: string]: unknown;
  text: string;
  list: unknown[];
  map: Record<string, unknown>;
}

/** Chance with a seed. */
export interface Editor {
  /** 0 … n − 1. */
  readonly below: (n: number) => number;
  readonly pick: <T>(values: readonly T[]) => T;
  /** One to three random edits. */
  readonly edit: (sheet: Sheet) => void;
  /** A fresh sheet by `actor`. */
  readonly sheet: (actor: string) => Automerge.Doc<Sheet>;
}

const letters = "abcdefgh 😀é";

/** An editor whose chance comes from `random`. */
export function createEditor(random: Random): Editor {
  const below = (n: number): number => {
    const [a = 0, b = 0, c = 0] = random(3);
    return ((a << 16) | (b << 8) | c) % Math.max(1, n);
  };
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const value = (depth: number): unknown => {
    const plain: readonly unknown[] = [
      ...[below(1000) - 500, below(9) / 7, 2 ** 40 + below(9), true, false, null, "words", ""],
      ...[new Automerge.ImmutableString("fixed"), new Date(below(1e6)), random(below(6)), new Automerge.Uint(below(9))],
      new Automerge.Counter(below(9)),
    ];
    if (depth > 1 || below(4) > 0) return pick(plain);
    return below(2) === 0
      ? Array.from({ length: below(4) }, () => value(depth + 1))
      : { a: value(depth + 1), b: value(depth + 1) };
  };
  const range = (length: number): { readonly start: number; readonly end: number } => {
    const start = below(length);
    return { start, end: start + 1 + below(length - start) };
  };
  const edits: readonly ((sheet: Sheet) => void)[] = [
    (sheet) => {
      sheet[`key ${below(5)}`] = value(0);
    },
    (sheet) => {
      delete sheet[`key ${below(5)}`];
    },
    (sheet) => {
      sheet.map[`key ${below(3)}`] = value(0);
    },
    (sheet) => {
      sheet.list.splice(below(sheet.list.length + 1), below(2), value(0), value(0));
    },
    (sheet) => {
      if (sheet.list.length > 0) sheet.list.splice(below(sheet.list.length), 1 + below(2));
    },
    (sheet) => {
      if (sheet.list.length > 0) sheet.list[below(sheet.list.length)] = value(0);
    },
    (sheet) => Automerge.splice(sheet, ["text"], below(sheet.text.length + 1), 0, pick([...letters]) + pick([...letters])),
    (sheet) => {
      if (sheet.text.length > 4) Automerge.splice(sheet, ["text"], below(sheet.text.length - 2), 1 + below(2));
    },
    (sheet) => Automerge.updateText(sheet, ["text"], `${sheet.text.slice(0, 3)}new${sheet.text.slice(5)}`),
    (sheet) => {
      const expand = pick(["both", "none", "after", "before"] as const);
      const marked = { ...range(sheet.text.length), expand };
      if (sheet.text.length > 1) Automerge.mark(sheet, ["text"], marked, pick(["bold", "link"]), pick([true, "x", 5, null]));
    },
    (sheet) => {
      if (sheet.text.length > 1) Automerge.unmark(sheet, ["text"], range(sheet.text.length), pick(["bold", "link"]));
    },
    (sheet) => {
      if (below(3) === 0)
        Automerge.splitBlock(sheet, ["text"], below(sheet.text.length + 1), { type: "paragraph", level: below(5) });
    },
    (sheet) => {
      for (const key of Object.keys(sheet).sort()) {
        const counter = sheet[key];
        if (counter instanceof Automerge.Counter) counter.increment(below(9) - 4);
      }
    },
  ];
  return {
    below,
    pick,
    edit: (sheet) => {
      for (let left = 1 + below(3); left > 0; left--) pick(edits)(sheet);
    },
    sheet: (actor) =>
      Automerge.from<Sheet>(
        { text: "hello world", list: [1, "a", { k: 1 }], map: { x: 1 }, n: new Automerge.Counter(0) },
        { actor },
      ),
  };
}

/** What all actors made together of one sheet in `steps` steps, some of them beside what was there (`changeAt`). */
export function writeTogether(editor: Editor, actors: readonly string[], steps: number): Automerge.Doc<Sheet> {
  const { below, pick, edit } = editor;
  const first = editor.sheet(actors[0] ?? "00");
  const docs = actors.map((actor) => Automerge.clone(first, { actor }));
  for (let step = 0; step < steps; step++) {
    const at = below(docs.length);
    const doc = docs[at] as Automerge.Doc<Sheet>;
    const other = docs[(at + 1 + below(docs.length - 1)) % docs.length] as Automerge.Doc<Sheet>;
    const choice = below(12);
    if (choice < 3) docs[at] = Automerge.merge(doc, other);
    else if (choice === 3) {
      const heads = [Automerge.decodeChange(pick(Automerge.getAllChanges(doc))).hash];
      docs[at] = Automerge.changeAt(doc, heads, {}, edit).newDoc;
    } else docs[at] = Automerge.change(doc, { time: below(9), ...(choice === 4 ? { message: "mé" } : {}) }, edit);
  }
  return docs.reduce((all, doc) => Automerge.merge(all, doc));
}

/** What a document says, whatever the order in which it came to say it. */
export function contentOf(doc: Automerge.Doc<unknown>): string {
  return JSON.stringify(Automerge.toJS(doc), (_, value: unknown) => {
    if (value instanceof Uint8Array) return [...value];
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** A document's heads, sorted. */
export function headsOf(doc: Automerge.Doc<unknown>): readonly string[] {
  return [...Automerge.getHeads(doc)].sort();
}
