/** Whether new recovery words are on paper: three of them are asked for, before anything depends on them. */
import type { Engine, NewWords } from "../engine/api.ts";
import type { Terminal } from "./host.ts";

/** Asks a person, again where a word is wrong, until all are right or an empty line puts it off. Nobody else is asked. */
export async function askForWords(engine: Engine, { words, places }: NewWords, terminal: Terminal): Promise<void> {
  if (!terminal.isInteractive || terminal.json) return;
  const list = words.split(" ");
  terminal.note("Three of them, from your paper, so that they help on the day you need them. Enter alone puts it off.");
  for (const place of places) {
    for (;;) {
      const answer = (await terminal.ask(`Word ${place}: `)).trim().toLowerCase();
      if (answer === "") return terminal.note("Not checked. When they are on paper: albumen words check");
      if (answer === list[place - 1]) break;
      terminal.note(`That is not word ${place}. Look at the list above, and at your paper.`);
    }
  }
  const checked = await engine.checkWords(words);
  terminal.note(checked.ok ? "Right. Your words are on paper." : checked.error.reason);
}
