/**
 * The chips of the album builder and their text. A chip rule says: at least one of `any`, every one of `all`, none of `none`.
 * `chipsToRule` writes it in the language of rules; `parseChips` recognises what `chipsToRule` writes and leaves every other
 * rule to its text, so that nothing a person wrote by hand is ever rewritten.
 */
import type { PersonId, PhotoId } from "@albumen/core/ids/ids.ts";
import type { LibraryView, PersonView } from "./types.ts";

/** People by what the rule asks of them. */
export interface Chips {
  readonly any: readonly PersonId[];
  readonly all: readonly PersonId[];
  readonly none: readonly PersonId[];
}

/** No person at all. */
export const noChips: Chips = { any: [], all: [], none: [] };

/** The text of `chips`; empty where there are none. */
export function chipsToRule(chips: Chips, view: LibraryView): string {
  const clause = (id: PersonId): string => personClause(id, view);
  const rest = [...chips.all.map(clause), ...chips.none.map((id) => `not ${clause(id)}`)];
  const any = chips.any.map(clause).join(" or ");
  if (any === "") return rest.join(" and ");
  return [chips.any.length > 1 && rest.length > 0 ? `(${any})` : any, ...rest].join(" and ");
}

/** The chips that `rule` is the text of, or null where it says something that chips cannot. */
export function parseChips(rule: string, view: LibraryView): Chips | null {
  const person = String.raw`person:(?:"(?:[^"\\]|\\.)*"(?:#[0-9a-f]{8,32})?|#[0-9a-f]{32})`;
  const text = rule.trim();
  if (new RegExp(`^${person}(?: or ${person})+$`).test(text)) {
    const any = peopleIn(text, view);
    return any === null ? null : { ...noChips, any };
  }
  const pattern = new RegExp(String.raw`(\(${person}(?: or ${person})+\)|not ${person}|${person})(?: and (?=\S)|$)`, "y");
  const chips: { any: PersonId[]; all: PersonId[]; none: PersonId[] } = { any: [], all: [], none: [] };
  while (pattern.lastIndex < text.length) {
    const part = pattern.exec(text)?.[1];
    const people = part === undefined ? null : peopleIn(part, view);
    if (part === undefined || people === null) return null;
    const place = part.startsWith("(") ? chips.any : part.startsWith("not ") ? chips.none : chips.all;
    if (place === chips.any && place.length > 0) return null;
    place.push(...people);
  }
  // One person alone is the beginning of "any of these" as much as of "all of these".
  return chips.any.length === 0 && chips.all.length === 1 ? { any: chips.all, all: [], none: chips.none } : chips;
}

/** The photos that the chips match, by the same reading as the engine's: confirmed and sure faces count. */
export function matchChips(chips: Chips, view: LibraryView): readonly PhotoId[] {
  const photosById = new Map(view.people.map((person) => [person.id, new Set(person.photos)]));
  const has = (id: PersonId, photo: PhotoId): boolean => photosById.get(id)?.has(photo) ?? false;
  if (chips.any.length + chips.all.length + chips.none.length === 0) return [];
  return view.photos
    .filter(
      ({ id, trashed, hidden }) =>
        !(trashed || hidden) &&
        (chips.any.length === 0 || chips.any.some((person) => has(person, id))) &&
        chips.all.every((person) => has(person, id)) &&
        !chips.none.some((person) => has(person, id)),
    )
    .map((photo) => photo.id);
}

/** The clause of one person: by name where only one is called so, else with the beginning of the id, else by the id. */
function personClause(id: PersonId, view: LibraryView): string {
  const name = view.people.find((one) => one.members.includes(id))?.name ?? null;
  if (name === null) return `person:#${id}`;
  const alone = view.people.filter((one) => one.name === name).length === 1;
  return `person:"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"${alone ? "" : `#${id.slice(0, 12)}`}`;
}

function peopleIn(text: string, view: LibraryView): readonly PersonId[] | null {
  const clauses = [...text.matchAll(/person:("(?:[^"\\]|\\.)*")?(?:#([0-9a-f]{8,32}))?/g)];
  const ids = clauses.map(([, quoted, digits = ""]) => {
    const name = quoted?.slice(1, -1).replace(/\\(.)/g, "$1") ?? null;
    const people = view.people.filter((one) => matches(one, name, digits));
    return people.length === 1 ? people[0]?.id : undefined;
  });
  return ids.every((id) => id !== undefined) ? ids : null;
}

function matches(person: PersonView, name: string | null, digits: string): boolean {
  if (!person.members.some((id) => id.startsWith(digits))) return false;
  return name === null || person.name === name || (digits !== "" && person.aliases.includes(name));
}
