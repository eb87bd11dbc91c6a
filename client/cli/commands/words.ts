/** `albumen words check`: whether the words on somebody's paper are this library's. Nothing repeats a word. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { failed } from "../error.ts";
import { withLibrary } from "../library.ts";

/** Asks for them and says so. */
export const check: RunCommand = (_, host) =>
  withLibrary(host, async (engine) => {
    const { terminal } = host;
    const checked = await engine.checkWords((await terminal.askSecret("The 24 recovery words: ")) ?? "");
    if (!checked.ok) return failed(checked.error.reason);
    terminal.print({ words: "right" }, () => [
      "These are the recovery words of this library. Keep them where no thief finds them.",
    ]);
    return ok(null);
  });
