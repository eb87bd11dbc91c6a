/** How a command fails: one line for people and an exit code. */
import { err, type Result } from "@albumen/core/primitives/result.ts";

/** 1: what was asked for could not be done. 2: it was asked for wrongly, and `reason` says what would be right. */
export interface CliError {
  readonly code: 1 | 2;
  readonly reason: string;
}

/** The outcome of something that a command does. */
export type CliResult<T = null> = Result<T, CliError>;

/** Asked for rightly, and it did not work. */
export function failed(reason: string): Result<never, CliError> {
  return err({ code: 1, reason });
}

/** Asked for wrongly. */
export function wrong(reason: string): Result<never, CliError> {
  return err({ code: 2, reason });
}
