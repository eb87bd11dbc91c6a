/** The place in a rule that a refusal names by "character N". */

/** A rule, cut at the character that is wrong. */
export interface Fault {
  readonly before: string;
  /** The character; "⏎" where something is missing at the end. */
  readonly at: string;
  readonly after: string;
}

/** Where `reason` says that `rule` is wrong; null where it names no place. */
export function faultIn(reason: string, rule: string): Fault | null {
  const place = Number(/character (\d+)/.exec(reason)?.[1] ?? 0) - 1;
  if (place < 0 || place > rule.length) return null;
  return { before: rule.slice(Math.max(0, place - 30), place), at: rule[place] ?? "⏎", after: rule.slice(place + 1, place + 30) };
}
