/** Clauses of the text form: `name:value`, `only(…)` and bare words; see `rule-parser.ts` for the grammar. */
import type { PersonId } from "../ids/ids.ts";
import { checkClause } from "./clause-check.ts";
import { resolveName, type NamedId, type NameReference, type RuleNames } from "./name-table.ts";
import { ruleLimits, type Clause } from "./rule.ts";
import { fail, skipSpace, take, takeQuoted, takeSymbol, type Scanner } from "./rule-scanner.ts";

const known = "person, only, faces, taken, recent, within, camera, favourite, type, text, album, unnamed or hidden";

/** The clause that comes next; null and a failure where there is none. */
export function parseClause(scanner: Scanner, names: RuleNames): Clause | null {
  skipSpace(scanner);
  const start = scanner.at;
  const word = take(scanner, /[A-Za-z]+/y)?.toLowerCase() ?? null;
  if (word === null) {
    const found =
      start < scanner.text.length ? `found ${JSON.stringify(scanner.text.slice(start, start + 1))}` : "the text ends here";
    return fail(scanner, start, `${found}; a clause is due: ${known}`);
  }
  const clause = parseNamed(scanner, word, start, names);
  const wrong = clause === null ? null : checkClause(clause);
  return wrong === null ? clause : fail(scanner, start, wrong);
}

function parseNamed(scanner: Scanner, word: string, start: number, names: RuleNames): Clause | null {
  switch (word) {
    case "favourite":
    case "unnamed":
    case "hidden":
      return { kind: word };
    case "only":
      return parseOnly(scanner, names);
    case "person": {
      const person = parseAfterColon(scanner, word, 'person:"Anna"', () => parseReference(scanner, names.people, "person"));
      return person === null ? null : { kind: word, person };
    }
    case "album": {
      const album = parseAfterColon(scanner, word, 'album:"Summer"', () => parseReference(scanner, names.albums, "album"));
      return album === null ? null : { kind: word, album };
    }
    case "camera":
    case "type":
    case "text": {
      const text = parseAfterColon(scanner, word, `${word}:"…"`, () => parseText(scanner, word));
      return text === null ? null : { kind: word, text };
    }
    case "faces":
      return parseAfterColon(scanner, word, "faces:2 or faces:2..4", () => parseFaces(scanner));
    case "taken":
      return parseAfterColon(scanner, word, "taken:2024-06..2024-08", () => parseTaken(scanner));
    case "recent":
      return parseAfterColon(scanner, word, "recent:30d", () => parseRecent(scanner));
    case "within":
      return parseAfterColon(scanner, word, "within:48.1371,11.5754,5km", () => parseWithin(scanner));
    default:
      return fail(scanner, start, `"${word.slice(0, 40)}" is no clause; write ${known}`);
  }
}

function parseAfterColon<T>(scanner: Scanner, word: string, example: string, parse: () => T | null): T | null {
  if (!takeSymbol(scanner, ":")) return fail(scanner, scanner.at, `a colon is due after "${word}"; write ${example}`);
  skipSpace(scanner);
  return parse();
}

function parseReference<Id extends string>(scanner: Scanner, table: readonly NamedId<Id>[], noun: "person" | "album"): Id | null {
  const start = scanner.at;
  const name = scanner.text[start] === "#" ? null : parseText(scanner, noun);
  if (scanner.error !== null) return null;
  const id = take(scanner, /#[0-9a-f]{1,32}/y)?.slice(1) ?? null;
  const reference: NameReference = { name, id };
  const resolved = resolveName(table, reference, noun);
  return resolved.ok ? resolved.value : fail(scanner, start, resolved.error);
}

function parseText(scanner: Scanner, what: string): string | null {
  if (scanner.text[scanner.at] === '"') return takeQuoted(scanner);
  const word = take(scanner, /[^\s()",:#]+/y);
  return word ?? fail(scanner, scanner.at, `a text is due; write ${what}:"…"`);
}

function parseOnly(scanner: Scanner, names: RuleNames): Clause | null {
  if (!takeSymbol(scanner, "(")) return fail(scanner, scanner.at, 'a bracket is due after "only"; write only("Anna", "Ben")');
  const people: PersonId[] = [];
  do {
    skipSpace(scanner);
    const person = parseReference(scanner, names.people, "person");
    if (person === null) return null;
    people.push(person);
    if (people.length > ruleLimits.nodes) return fail(scanner, scanner.at, `a rule has at most ${ruleLimits.nodes} parts`);
  } while (takeSymbol(scanner, ","));
  return takeSymbol(scanner, ")") ? { kind: "only", people } : fail(scanner, scanner.at, "a closing bracket or a comma is due");
}

function parseFaces(scanner: Scanner): Clause | null {
  const start = scanner.at;
  const match = /^(\d{0,9})(\.\.)?(\d{0,9})$/.exec(take(scanner, /[0-9.]+/y) ?? "");
  const [, low = "", dots, high = ""] = match ?? [];
  if (low === "" && high === "") return fail(scanner, start, "a number is due; write faces:2, faces:2.. or faces:2..4");
  const min = low === "" ? 0 : Number(low);
  return { kind: "faces", min, max: dots === undefined ? min : high === "" ? null : Number(high) };
}

function parseTaken(scanner: Scanner): Clause | null {
  const start = scanner.at;
  const match = /^([0-9-]*)(\.\.)?([0-9-]*)$/.exec(take(scanner, /[0-9.-]+/y) ?? "");
  if (match === null) return fail(scanner, start, "a day is due; write taken:2024, taken:2024-06.. or taken:2024-06-01..2024-08");
  const [, from = "", dots, to = ""] = match;
  if (dots === undefined) return { kind: "taken", from, to: from };
  return { kind: "taken", from: from === "" ? null : from, to: to === "" ? null : to };
}

function parseRecent(scanner: Scanner): Clause | null {
  const start = scanner.at;
  const days = /^(\d{1,9})d$/.exec(take(scanner, /[0-9]+d?/y) ?? "")?.[1];
  return days === undefined
    ? fail(scanner, start, "a number of days is due; write recent:30d")
    : { kind: "recent", days: Number(days) };
}

function parseWithin(scanner: Scanner): Clause | null {
  const start = scanner.at;
  const pattern = /(-?\d{1,3}(?:\.\d{1,7})?) *, *(-?\d{1,3}(?:\.\d{1,7})?) *, *(\d{1,5}(?:\.\d{1,3})?) *km/y;
  pattern.lastIndex = start;
  const [all = "", latitude = "", longitude = "", km = ""] = pattern.exec(scanner.text) ?? [];
  if (all === "") return fail(scanner, start, "latitude, longitude and distance are due; write within:48.1371,11.5754,5km");
  scanner.at += all.length;
  return { kind: "within", latitude: toInteger(latitude, 7), longitude: toInteger(longitude, 7), meters: toInteger(km, 3) };
}

/** A decimal number times 10 to the power of `digits`, exactly. */
function toInteger(decimal: string, digits: number): number {
  const [whole = "", fraction = ""] = decimal.replace("-", "").split(".");
  const value = Number(whole + fraction.padEnd(digits, "0"));
  return decimal.startsWith("-") && value !== 0 ? -value : value;
}
