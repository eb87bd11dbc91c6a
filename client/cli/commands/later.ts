/** `albumen remove` and `albumen recover`: not built yet, and they say so instead of pretending. */
import type { RunCommand } from "../command.ts";
import { failed } from "../error.ts";

/** `remove DEVICE`. */
export const remove: RunCommand = async () =>
  failed("not yet: removing a device comes with a later version; nothing was changed");

/** `recover`. */
export const recover: RunCommand = async () =>
  failed("not yet: recovery by words comes with a later version; keep the words safe");
