/** Verified change: what the verification of a change hands on. */
import type { DocumentEntry } from "./author.ts";

/** A change taken apart. */
export interface VerifiedChange {
  /** SHA-256 of the chunk, in hex: Automerge's name for the change. */
  readonly hash: string;
  readonly actor: string;
  /** From 1. */
  readonly seq: number;
  readonly startOp: number;
  readonly dependency: string;
  /** In the order they were written. */
  readonly entries: readonly DocumentEntry[];
}
