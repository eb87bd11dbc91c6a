/**
 * Free change: a change of a free document under the policy "any operation, within the caps". What is checked here costs little
 * whatever the change claims: size, the guard, the checksum against a hash of our own, numbers that Automerge can count with.
 * Whether its operations make sense is a question about the changes that it builds on: see `free/assemble.ts`.
 */
import { sha256 } from "../crypto/hash.ts";
import { bytesToHex } from "../primitives/bytes.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import { guardChange, type ChangeRefusal } from "./change-guard.ts";

/** A change of a free document, not yet judged against what it builds on. */
export interface FreeChange {
  /** SHA-256 of the chunk, in hex: Automerge's name for the change. */
  readonly hash: string;
  /** In hex. */
  readonly actor: string;
  /** From 1. */
  readonly seq: number;
  /** Number of its first operation, from 1. */
  readonly startOp: number;
  readonly operations: number;
  /** Hashes of the changes that it builds on, each once. */
  readonly dependencies: readonly string[];
  readonly bytes: Uint8Array;
}

/** Caps of one change: bytes, rows of a column (so also operations), and the greatest number of an operation. */
export const freeChangeLimits = { bytes: 786_432, rows: 262_144, number: 2_147_483_648 } as const;

/** The change in `bytes`. */
export function verifyFreeChange(bytes: Uint8Array): Result<FreeChange, ChangeRefusal> {
  const { bytes: maximalBytes, rows, number } = freeChangeLimits;
  if (bytes.length > maximalBytes) return refuse(`it has ${bytes.length} bytes, ${maximalBytes} are allowed`);
  const guarded = guardChange(bytes, rows);
  if (!guarded.ok) return guarded;
  const { dependencies, actor, seq, startOp, operations, extra } = guarded.value;
  // The checksum is the beginning of the SHA-256 over everything after it; Automerge does not compare it.
  const hash = bytesToHex(sha256(bytes.subarray(8)));
  if (hash.slice(0, 8) !== bytesToHex(bytes.subarray(4, 8))) return refuse("its checksum is off");
  if (extra > maximalExtra) return refuse("too many bytes follow its columns");
  if (seq < 1 || startOp < 1 || Math.max(seq, startOp + operations) > number) return refuse("its numbers are beyond 2^31");
  if (new Set(dependencies).size !== dependencies.length) return refuse("it names a dependency twice");
  return ok({ hash, actor, seq, startOp, operations, dependencies, bytes });
}

/** Bytes that may follow the columns: the name of an author. */
const maximalExtra = 128;

function refuse(reason: string): Result<never, ChangeRefusal> {
  return err({ kind: "refused-change", reason });
}
