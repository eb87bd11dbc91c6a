/**
 * What a person may call a thing by, tried in this order until something fits: its whole id; its name; its name in other
 * capitals; the beginning of its id, at least four digits; the beginning of its name. Where several fit at the first stage that
 * fits at all, or nothing fits anywhere, the answer is one line that names candidates.
 */
import { ok } from "@albumen/core/primitives/result.ts";
import { type CliResult, wrong } from "./error.ts";

/** Something that can be chosen. */
export interface Candidate<T> {
  readonly value: T;
  readonly id: string;
  readonly names: readonly string[];
}

/** How many candidates a refusal names. */
const shown = 6;

/** The one of `candidates` that `word` means; `kind` is what they are, such as "photo". */
export function select<T>(kind: string, word: string, candidates: readonly Candidate<T>[]): CliResult<T> {
  const [found, ...others] = findAll(word, candidates, stages);
  if (found === undefined) return wrong(`there is no ${kind} "${word}"${suggest(word, candidates)}`);
  if (others.length === 0) return ok(found.value);
  return wrong(`"${word}" could be ${nameSome([found, ...others])}; say which by its id`);
}

/** As `select` by whole names and ids, null where nothing fits: for words that may also be a new name. */
export function selectNamed<T>(word: string, candidates: readonly Candidate<T>[]): CliResult<T | null> {
  const [found, ...others] = findAll(word, candidates, stages.slice(0, -1));
  if (others.length > 0 && found !== undefined)
    return wrong(`"${word}" could be ${nameSome([found, ...others])}; say which by its id`);
  return ok(found?.value ?? null);
}

type Stage = (word: string, candidate: Candidate<unknown>) => boolean;

const stages: readonly Stage[] = [
  (word, { id }) => id === word,
  (word, { names }) => names.includes(word),
  (word, { names }) => names.some((name) => name.toLowerCase() === word.toLowerCase()),
  (word, { id }) => word.length >= 4 && id.startsWith(word.toLowerCase()),
  (word, { names }) => names.some((name) => name.toLowerCase().startsWith(word.toLowerCase())),
];

function findAll<T>(word: string, candidates: readonly Candidate<T>[], tried: readonly Stage[]): readonly Candidate<T>[] {
  if (word === "") return [];
  for (const stage of tried) {
    const fitting = candidates.filter((candidate) => stage(word, candidate));
    if (fitting.length > 0) return fitting;
  }
  return [];
}

/** Names that hold the word somewhere, else the first ones there are. */
function suggest(word: string, candidates: readonly Candidate<unknown>[]): string {
  if (candidates.length === 0) return "; there is none at all yet";
  const named = candidates.filter(({ names }) => names.length > 0);
  const alike = named.filter(({ names }) => names.some((name) => name.toLowerCase().includes(word.toLowerCase())));
  return `; there is ${nameSome([alike, named, candidates].find((some) => some.length > 0) ?? [])}`;
}

function nameSome(candidates: readonly Candidate<unknown>[]): string {
  const some = candidates.slice(0, shown).map(({ id, names }) => `${names[0] ?? "unnamed"} (${id.slice(0, 8)})`);
  const rest = candidates.length - some.length;
  return rest > 0 ? `${some.join(", ")} and ${rest} more` : some.join(", ");
}
