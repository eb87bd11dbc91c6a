/**
 * Many facts: what the people of one library say over years, one fact per event, on devices that are used one after the other
 * and sometimes at once. A fact supersedes what its author saw live in its group, as the app's own edits do. Everything
 * follows from the library's seed.
 */
import { encodeFact } from "@albumen/core/facts/fact-codec.ts";
import { factId } from "@albumen/core/facts/fact-id.ts";
import type { Fact, FactReference } from "@albumen/core/facts/fact.ts";
import { factToStatements, groupKey } from "@albumen/core/facts/statement.ts";
import { encodeRule } from "@albumen/core/albums/rule-codec.ts";
import type { EventSaying } from "@albumen/client/log/pen.ts";
import type { LargeLibrary } from "./large-library.ts";
import type { LogWriter, WrittenLog } from "./written-log.ts";

/** Writes `library` into `log`: photos, names and albums, then `count` facts about them. */
export function writeManyFacts(log: WrittenLog, library: LargeLibrary, count: number): void {
  const { pick, people, albums, announcements } = library;
  const { authors, exchange } = createAuthors(log);
  const at = (writer: number): Author => authors[writer % authors.length] as Author;
  for (const announcement of announcements) at(pick(2)).announce(announcement);
  exchange();
  for (const [number, person] of people.entries()) at(0).say({ kind: "name", person, text: `Person ${number}` });
  for (const [number, album] of albums.entries()) {
    at(0).say({ kind: "albumName", album, text: `Album ${number}` });
    at(0).say({ kind: "rule", album, rule: encodeRule(ruleOf(library)) });
  }
  exchange();
  for (let left = count; left > 0; ) {
    // One device at a time, as one person works; in every fifth session two, apart.
    const session = pick(5) === 0 ? [pick(authors.length), pick(authors.length)] : [pick(authors.length)];
    const length = Math.min(left, 20 + pick(200));
    for (let turn = 0; turn < length; turn++) {
      const author = at(session[turn % session.length] ?? 0);
      author.say(drawFact(library, author.lastSaid()));
    }
    left -= length;
    exchange();
  }
}

/** Of a hundred facts about 61 are about faces, 26 about photos, 5 about albums, 5 about people; 3 take one back. */
function drawFact(library: LargeLibrary, last: FactReference | null): Fact {
  const { pick, people, albums, photos, faces } = library;
  const one = <T>(list: readonly T[]): T => list[pick(list.length)] as T;
  const drawn = pick(100);
  const face = one(faces);
  const person = drawn % 12 === 0 ? one(people) : (people[face.looksLike] ?? one(people));
  if (drawn < 48) return { kind: "assign", faces: [face.id], person };
  if (drawn < 54) return { kind: "deny", faces: [face.id], person: one(people) };
  if (drawn < 58) return { kind: "ignore", faces: [face.id] };
  if (drawn < 61) return { kind: "answer", faces: [face.id], person };
  if (drawn < 73) return { kind: "favourite", photos: [one(photos)], flag: pick(4) > 0 };
  if (drawn < 79) return { kind: "caption", photos: [one(photos)], text: `Caption ${pick(10_000)} of a day outside` };
  if (drawn < 82) return { kind: "trash", photos: [one(photos)] };
  if (drawn < 84) return { kind: "restore", photos: [one(photos)] };
  if (drawn < 87) return { kind: "correctDate", photos: [one(photos)], date: `2024-0${1 + pick(9)}-1${pick(10)}T12:00:00` };
  if (drawn < 90) return { kind: "pin", album: one(albums), photos: [one(photos)] };
  if (drawn < 92) return { kind: "exclude", album: one(albums), photos: [one(photos)] };
  if (drawn < 95) return { kind: "name", person: one(people), text: `Person ${pick(1000)}` };
  if (drawn < 97 && last !== null) return { kind: "retract", targets: [last] };
  if (drawn < 98) return { kind: "cover", person, face: face.id };
  if (drawn < 99 || people.length < 2) return { kind: "hidePhoto", photos: [one(photos)], flag: true };
  const a = pick(people.length);
  const b = (a + 1 + pick(people.length - 1)) % people.length;
  return { kind: "distinct", a: people[a] as (typeof people)[0], b: people[b] as (typeof people)[0] };
}

function ruleOf({ pick, people }: LargeLibrary): Parameters<typeof encodeRule>[0] {
  const person = people[pick(people.length)];
  const other = people[pick(people.length)];
  if (person === undefined || other === undefined) throw new Error("a rule needs people");
  const either = {
    kind: "any",
    rules: [
      { kind: "person", person },
      { kind: "person", person: other },
    ],
  } as const;
  return { kind: "all", rules: [either, { kind: "taken", from: `${2019 + pick(6)}`, to: null }] };
}

/** A device and what it knows. */
interface Author {
  readonly say: (fact: Fact) => void;
  readonly announce: (announcement: Uint8Array) => void;
  readonly lastSaid: () => FactReference | null;
  readonly writer: LogWriter;
  /** What it said and left standing since the last exchange, by group. */
  readonly own: Map<string, readonly LiveReference[]>;
  height: number;
}

interface LiveReference extends FactReference {
  readonly person: string | null;
}

/** The authors of `log`'s devices, and how all of them tell the others everything and start again. */
function createAuthors(log: WrittenLog): { readonly authors: readonly Author[]; readonly exchange: () => void } {
  const shared = new Map<string, readonly LiveReference[]>();
  const authors = log.writers.map((writer) => createAuthor(writer, shared));
  const exchange = (): void => {
    const height = Math.max(...authors.map((author) => author.height));
    const groups = new Set(authors.flatMap((author) => [...author.own.keys()]));
    for (const group of groups) {
      const lists = authors.flatMap((author) => [author.own.get(group) ?? []].filter((list) => list.length > 0));
      const before = shared.get(group) ?? [];
      const kept = before.filter((live) => lists.every((list) => list.includes(live)));
      shared.set(group, [...kept, ...lists.flat().filter((live) => !before.includes(live))]);
    }
    for (const author of authors) {
      author.own.clear();
      author.height = height;
      author.writer.restart();
    }
  };
  return { authors, exchange };
}

/** Says facts as the app does: above all heights it has seen, superseding what it saw live in the group. */
function createAuthor(writer: LogWriter, shared: ReadonlyMap<string, readonly LiveReference[]>): Author {
  const { device } = writer.keys;
  const own = new Map<string, readonly LiveReference[]>();
  let last: FactReference | null = null;
  let clock = 1_700_000_000_000;
  const write = (what: string, says: EventSaying): void => {
    clock += 1000 + (clock % 7919);
    author.height++;
    writer.write({ what, at: clock, height: author.height, says });
  };
  const author: Author = {
    writer,
    own,
    height: 0,
    lastSaid: () => last,
    announce: (announcement) => write("import", { kind: "announcement", announcement }),
    say: (fact) => {
      const [statement] = factToStatements(fact);
      if (statement === undefined) throw new Error("a fact says nothing");
      const group = groupKey(statement);
      const person = "person" in statement ? statement.person : null;
      const isSuperseded = (live: LiveReference): boolean => statement.kind !== "deny" || live.person === person;
      const seen = own.get(group) ?? shared.get(group) ?? [];
      const bytes = encodeFact(fact, seen.filter(isSuperseded));
      last = { fact: factId(device, writer.last(), 0, bytes), index: 0 };
      own.set(group, [...seen.filter((live) => !isSuperseded(live)), { ...last, person }]);
      write(fact.kind, { kind: "facts", facts: [bytes] });
    },
  };
  return author;
}
