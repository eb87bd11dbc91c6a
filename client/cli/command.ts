/** A command: its description, and its code, loaded when it is called, so that `albumen --help` stays instant. */
import type { CliResult } from "./error.ts";
import type { Host } from "./host.ts";
import type { CommandDescription, Invocation } from "./invocation.ts";

/** Does what the command is for. */
export type RunCommand = (invocation: Invocation, host: Host) => Promise<CliResult>;

/** A command of the table. */
export interface Command extends CommandDescription {
  readonly load: () => Promise<RunCommand>;
}
