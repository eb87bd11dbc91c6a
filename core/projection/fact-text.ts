/** Facts in words, for history, explanations and the inbox: one clause each, such as "3 faces are Anna". */
import { quote } from "../albums/name-table.ts";
import type { Statement } from "../facts/statement.ts";
import type { Words } from "./words.ts";

/** The statements of one fact in words; an empty list is a fact that cannot be read. */
export function describeFact(statements: readonly Statement[], words: Words): string {
  const [first] = statements;
  return first === undefined ? "something that this version cannot read" : describe(first, statements.length, words);
}

function describe(statement: Statement, count: number, words: Words): string {
  switch (statement.kind) {
    case "assign":
      return `${faces(count)} ${are(count)} ${words.person(statement.person)}`;
    case "deny":
      return `${faces(count)} ${are(count)} not ${words.person(statement.person)}`;
    case "answer":
      return `nobody can tell whether ${faces(count)} ${are(count)} ${words.person(statement.person)}`;
    case "ignore":
      return `${faces(count)} ${are(count)} ignored`;
    case "manualFace":
      return `there is a face on ${words.photo(statement.photo)}`;
    case "name":
      return `a person is called ${quote(statement.text)}`;
    case "note":
    case "birth":
    case "cover":
    case "hide":
      return describePerson(statement, words.person(statement.person));
    case "union":
      return `two people are the same: ${words.person(statement.a)}`;
    case "distinct":
      return `${words.person(statement.a)} and ${words.person(statement.b)} are not the same`;
    case "albumName":
    case "sort":
    case "rule":
    case "albumCover":
    case "pin":
    case "exclude":
      return describeAlbum(statement, count, words.album(statement.album));
    case "delete":
      return `${describeEntity(statement.entity, words)} is deleted`;
    case "retract":
      return `${count === 1 ? "one statement is" : `${count} statements are`} taken back`;
    case "setting":
      return `the setting "${statement.key}" is ${quote(statement.text)}`;
    default:
      return describePhoto(statement, count === 1 ? words.photo(statement.photo) : `${count} photos`, count);
  }
}

type PersonStatement = Extract<Statement, { readonly kind: "note" | "birth" | "cover" | "hide" }>;
type AlbumStatement = Extract<Statement, { readonly album: unknown }>;
type PhotoStatement = Extract<
  Statement,
  { readonly kind: "favourite" | "hidePhoto" | "caption" | "correctDate" | "correctPlace" | "trash" | "restore" | "settleIndex" }
>;

function describePerson(statement: PersonStatement, person: string): string {
  switch (statement.kind) {
    case "note":
      return `there is a note on ${person}`;
    case "birth":
      return `${person} was born in ${statement.text}`;
    case "cover":
      return `${person} has another cover`;
    case "hide":
      return `${person} is ${statement.flag ? "hidden" : "shown"}`;
  }
}

function describeAlbum(statement: AlbumStatement, count: number, album: string): string {
  switch (statement.kind) {
    case "albumName":
      return `an album is called ${quote(statement.text)}`;
    case "sort":
      return `the album ${album} is sorted by ${statement.text}`;
    case "rule":
      return statement.rule === null ? `the album ${album} has no rule` : `the album ${album} has a rule`;
    case "albumCover":
      return `the album ${album} has another cover`;
    case "pin":
      return `${photos(count)} ${are(count)} added to the album ${album}`;
    case "exclude":
      return `${photos(count)} ${are(count)} taken out of the album ${album}`;
  }
}

function describePhoto(statement: PhotoStatement, subject: string, count: number): string {
  switch (statement.kind) {
    case "favourite":
      return `${subject} ${are(count)} ${statement.flag ? "a favourite" : "no favourite"}`;
    case "hidePhoto":
      return `${subject} ${are(count)} ${statement.flag ? "hidden" : "shown"}`;
    case "caption":
      return `the caption of ${subject} is ${quote(statement.text)}`;
    case "correctDate":
      return `${subject} ${were(count)} taken ${statement.date === null ? "at an unknown time" : `on ${statement.date.slice(0, 10)}`}`;
    case "correctPlace":
      return `the place of ${subject} is ${statement.place === null ? "unknown" : "corrected"}`;
    case "trash":
      return `${subject} ${are(count)} in the trash`;
    case "restore":
      return `${subject} ${are(count)} out of the trash`;
    case "settleIndex":
      return `the index of ${subject} is settled`;
  }
}

function describeEntity(entity: Extract<Statement, { readonly kind: "delete" }>["entity"], words: Words): string {
  switch (entity.kind) {
    case "person":
      return "a person";
    case "album":
      return "an album";
    case "photo":
      return words.photo(entity.id);
  }
}

function faces(count: number): string {
  return count === 1 ? "a face" : `${count} faces`;
}

function photos(count: number): string {
  return count === 1 ? "a photo" : `${count} photos`;
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}

function were(count: number): string {
  return count === 1 ? "was" : "were";
}
