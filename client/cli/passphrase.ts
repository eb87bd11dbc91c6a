/**
 * Asking for passphrases. A person at a terminal types them unseen, a new one twice, and may try a wrong one again: three times,
 * each after a longer pause. Anything else answers with one line per question, first those of --passphrase-file, then those of
 * stdin, and gets no second try. A passphrase is never a word of the command line or a variable of the environment, which other
 * users and later programs can read.
 */
import { readFileSync } from "node:fs";
import { ok } from "@albumen/core/primitives/result.ts";
import { type CliResult, wrong } from "./error.ts";
import type { PassphraseQuestions, Terminal } from "./host.ts";

/** Milliseconds before a person is asked again, by the number of wrong answers; after the last one nobody is asked. */
const pauses = [1_000, 3_000];

/** The lines of the file `path`; none where it is null. */
export function readAnswers(path: string | null): CliResult<readonly string[]> {
  if (path === null) return ok([]);
  try {
    const lines = readFileSync(path, "utf8")
      .replace(/\r?\n$/, "")
      .split(/\r?\n/);
    return lines[0] === "" ? wrong(`--passphrase-file ${path} has no passphrase in its first line`) : ok(lines);
  } catch (cause) {
    return wrong(`--passphrase-file ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The questions, put to `terminal` where `answers` says nothing. */
export function createQuestions(
  terminal: Terminal,
  answers: readonly string[],
  wait: (milliseconds: number) => Promise<unknown>,
): PassphraseQuestions {
  const given = [...answers];
  return {
    current: async (wrongAnswers) => {
      if (wrongAnswers === 0) return given.shift() ?? terminal.askSecret("Passphrase: ");
      const pause = pauses[wrongAnswers - 1];
      if (!terminal.isInteractive || answers.length > 0 || pause === undefined) return null;
      await wait(pause);
      return terminal.askSecret("That is not the passphrase. Once more: ");
    },
    next: async () => {
      const line = given.shift();
      if (line !== undefined || !terminal.isInteractive) return line ?? terminal.askSecret("New passphrase: ");
      const once = await terminal.askSecret("New passphrase, of at least 8 characters: ");
      const twice = once === null ? null : await terminal.askSecret("The same again: ");
      if (once === twice) return once;
      terminal.note("The two are not the same.");
      return null;
    },
    first: async () => answers[0] ?? null,
  };
}
