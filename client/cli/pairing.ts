/** What both sides of a pairing ask the person in front of them. */
import type { PairingDialogue, PairingString } from "../engine/api.ts";
import type { Terminal } from "./host.ts";

/** Shows the string and asks whether the other screen shows the same; with `yes` it shows it and goes on. */
export function createConfirm(terminal: Terminal, yes: boolean): PairingDialogue["confirm"] {
  return async (string, other, over) => {
    const there = other === null ? "the other device" : `"${other}"`;
    for (const line of ["", ...describeString(string), ""]) terminal.note(line);
    if (yes) {
      terminal.note(`Taken as compared with ${there}, because of --yes.`);
      return true;
    }
    const answer = await terminal.ask(`Do both screens, here and on ${there}, show the same? [y/N] `, over);
    return /^y(es)?$/i.test(answer.trim());
  };
}

/** Three symbols in a row with their names, then the digits. */
function describeString({ symbols, digits }: PairingString): string[] {
  const width = Math.max(...symbols.map(({ name }) => name.length)) + 4;
  const cells = symbols.map(({ emoji, name }) => `${emoji} ${name.padEnd(width)}`);
  const row = (from: number): string => `  ${cells.slice(from, from + 3).join("")}`.trimEnd();
  return [row(0), row(3), `  ${digits.slice(0, 3)} ${digits.slice(3)}`];
}
