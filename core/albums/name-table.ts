/**
 * Name table: how the text form of a rule names people and albums. The stored rule holds ids; the text form shows
 *
 *   "Anna"             the one whose shown name it is, else the one whose alias it is, else the same in any case
 *   "Anna"#1a2b3c4d    the one of that name whose id begins so: where several share a name, or one is united with another
 *   #<32 digits>       exactly that id: where nobody has a name
 *
 * Printing chooses the first of these that reads back as the same id.
 */
import type { AlbumId, PersonId } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import { foldCase } from "./fold-case.ts";

/** One name of one id. */
export interface NamedId<Id extends string> {
  readonly id: Id;
  readonly name: string;
  /** 0 for the id whose shown name it is, 1 for ids that show the name only because they are united, 2 for aliases. */
  readonly rank: 0 | 1 | 2;
}

/** The names that rules may use. */
export interface RuleNames {
  readonly people: readonly NamedId<PersonId>[];
  readonly albums: readonly NamedId<AlbumId>[];
}

/** A reference in the text form; at least one part is there. */
export interface NameReference {
  readonly name: string | null;
  /** Beginning of the id, hexadecimal. */
  readonly id: string | null;
}

/** The id that `reference` means, or one sentence that says what would be right; `noun` is "person" or "album". */
export function resolveName<Id extends string>(
  table: readonly NamedId<Id>[],
  { name, id }: NameReference,
  noun: "person" | "album",
): Result<Id, string> {
  if (name === null) {
    return id?.length === 32 ? ok(id as Id) : err(`an id without a name has 32 digits; write ${noun}:"Name"`);
  }
  const exact = table.filter((entry) => entry.name === name);
  const sameName = exact.length > 0 ? exact : table.filter((entry) => foldCase(entry.name) === foldCase(name));
  if (sameName.length === 0) return err(`no ${noun} is called "${name}"${suggestNames(table, name)}`);
  const candidates =
    id === null ? meantIds(sameName) : [...new Set(sameName.map((entry) => entry.id))].filter((known) => known.startsWith(id));
  const [only, ...others] = candidates;
  if (only === undefined) return err(`no ${noun} called "${name}" has an id that begins with ${id ?? ""}`);
  if (others.length === 0) return ok(only);
  const choices = candidates.map((known) => printName(table, known, sameName[0]?.name ?? name)).slice(0, 5);
  return err(`several are called "${name}"; write ${choices.map((choice) => `${noun}:${choice}`).join(" or ")}`);
}

/** The shortest reference that reads back as `id`. */
export function printName<Id extends string>(table: readonly NamedId<Id>[], id: Id, preferred: string | null = null): string {
  const own = table.filter((entry) => entry.id === id).sort((a, b) => a.rank - b.rank || compareText(a.name, b.name));
  const name = preferred ?? own[0]?.name;
  if (name === undefined) return `#${id}`;
  const sameName = table.filter((entry) => entry.name === name);
  const [meant, ...others] = meantIds(sameName);
  if (meant === id && others.length === 0) return quote(name);
  const ids = [...new Set(sameName.map((entry) => entry.id))];
  let digits = 8;
  while (digits < 32 && ids.some((other) => other !== id && other.startsWith(id.slice(0, digits)))) digits++;
  return `${quote(name)}#${id.slice(0, digits)}`;
}

/** `text` in quotation marks, with `"` and `\` behind a backslash. */
export function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** The ids whose shown name it is, else those whose alias it is; ids that only share it by a union are never meant. */
function meantIds<Id extends string>(entries: readonly NamedId<Id>[]): readonly Id[] {
  const shown = entries.filter((entry) => entry.rank === 0);
  const meant = shown.length > 0 ? shown : entries.filter((entry) => entry.rank === 2);
  return [...new Set(meant.map((entry) => entry.id))].sort(compareText);
}

/** Names that begin alike, else the first few. */
function suggestNames<Id extends string>(table: readonly NamedId<Id>[], name: string): string {
  const names = [...new Set(table.filter((entry) => entry.rank !== 1).map((entry) => entry.name))].sort(compareText);
  const alike = names.filter((known) => foldCase(known).slice(0, 2) === foldCase(name).slice(0, 2));
  const shown = (alike.length > 0 ? alike : names).slice(0, 5);
  return shown.length === 0 ? "; nobody has a name yet" : `; known are ${shown.map(quote).join(", ")}`;
}
