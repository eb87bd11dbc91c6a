/**
 * Scanner for the text form of rules: a position that moves forward over tokens, and the first failure. Every pattern is
 * sticky and linear, so no text makes it slow.
 */

/** Why a text is not a rule. */
export interface RuleTextError {
  readonly kind: "bad-rule";
  /** Which character is wrong, from 1; one more than the length where the text ends too early. */
  readonly at: number;
  /** What is wrong there and what would be right, in one line. */
  readonly reason: string;
}

/** A position in a text. */
export interface Scanner {
  readonly text: string;
  /** Offset in UTF-16 units of what comes next. */
  at: number;
  /** The first failure; null as long as there is none. */
  error: RuleTextError | null;
}

const space = /[ \t\r\n]*/y;

/** Moves over white space. */
export function skipSpace(scanner: Scanner): void {
  take(scanner, space);
}

/** What the sticky `pattern` matches here, moving over it; null, without moving, where it does not. */
export function take(scanner: Scanner, pattern: RegExp): string | null {
  pattern.lastIndex = scanner.at;
  const match = pattern.exec(scanner.text);
  if (match === null) return null;
  scanner.at += match[0].length;
  return match[0];
}

/** Moves over `symbol` where it comes next, after white space. */
export function takeSymbol(scanner: Scanner, symbol: string): boolean {
  const start = scanner.at;
  skipSpace(scanner);
  if (scanner.text.startsWith(symbol, scanner.at)) {
    scanner.at += symbol.length;
    return true;
  }
  scanner.at = start;
  return false;
}

/**
 * Records the failure at offset `at`, unless there is one already; always null, so that a parser can return it. Names quoted
 * in the reason may hold anything: line breaks and other controls become spaces, and the end of a long reason is cut.
 */
export function fail(scanner: Scanner, at: number, reason: string): null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what this takes out of a line for people.
  const line = reason.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ");
  scanner.error ??= { kind: "bad-rule", at: at + 1, reason: line.length > 400 ? `${line.slice(0, 400)}…` : line };
  return null;
}

/** A text in quotation marks, without them; null and a failure where it does not end. */
export function takeQuoted(scanner: Scanner): string | null {
  const start = scanner.at;
  const body = take(scanner, /"(?:[^"\\]|\\["\\])*"/y);
  if (body !== null) return body.slice(1, -1).replace(/\\(.)/g, "$1");
  return fail(scanner, start, 'this text has no end; close it with ", and write \\" for a quotation mark inside');
}
