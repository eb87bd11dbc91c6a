/** What both sides of a pairing ask the person in front of them. */
import type { PairingDialogue } from "../engine/api.ts";
import type { Terminal } from "./host.ts";

/** Shows the string and asks whether the other screen shows the same; with `yes` it shows it and goes on. */
export function createConfirm(terminal: Terminal, yes: boolean): PairingDialogue["confirm"] {
  return async (string, other) => {
    terminal.note(`\n  ${string}\n`);
    if (yes) {
      terminal.note(`Taken as compared with ${other}, because of --yes.`);
      return true;
    }
    return /^y(es)?$/i.test((await terminal.ask(`Do both screens, here and on ${other}, show the same? [y/N] `)).trim());
  };
}
