/** `albumen rotate` and `albumen words new`: fresh keys, fresh recovery words. */
import { ok } from "@albumen/core/primitives/result.ts";
import { askForWords } from "../ask-words.ts";
import type { RunCommand } from "../command.ts";
import { failed, wrong } from "../error.ts";
import { withLibrary } from "../library.ts";
import { inRows } from "../text/words.ts";

/** Gives the library a new key. */
export const rotate: RunCommand = (_, host) =>
  withLibrary(host, async (engine) => {
    const rotated = await engine.rotateKeys();
    if (!rotated.ok) return failed(rotated.error.reason);
    host.terminal.print({ rotated: true }, () => [
      "From now on records are encrypted under a new key, which every current member gets with the next sync.",
      "This helps where a key leaked; where a whole device was lost, only removing it helps.",
    ]);
    return ok(null);
  });

/** Prints new recovery words, the only time anyone sees them. */
export const newWords: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const { terminal } = host;
    const old = invocation.flag("replace") ? ((await terminal.askSecret("The 24 recovery words that hold now: ")) ?? "") : null;
    const made = await engine.newWords(old);
    if (!made.ok) return made.error.kind === "wrong-words" ? wrong(made.error.reason) : failed(made.error.reason);
    const { words } = made.value;
    terminal.print({ words }, () => [
      old === null
        ? "New recovery words, beside those that hold already. Write them down and keep them where no thief finds them."
        : "New recovery words. The old ones hold no more. Write these down and keep them where no thief finds them.",
      "They are shown this once and are kept nowhere:",
      "",
      ...inRows(words.split(" ")),
    ]);
    await askForWords(engine, made.value, terminal);
    return ok(null);
  });
