/**
 * Membership statements: what a membership record says in public, so that devices and the relay evaluate the same roster.
 * Their bytes: `statement-codec.ts`. What they do: `roster.ts` and `docs/MEMBERSHIP.md`.
 */
import type { DeviceId, EpochId, RecordHash } from "../ids/ids.ts";

/** A sealed box for one device. */
export interface BoxFor {
  readonly device: DeviceId;
  /** X25519 sealed box. */
  readonly box: Uint8Array;
}

/** The public side of a new epoch. */
export interface EpochPart {
  /** Heads it replaces, sorted. */
  readonly parents: readonly EpochId[];
  /** 32 bytes. */
  readonly commitment: Uint8Array;
  /** Sorted by device. */
  readonly boxes: readonly BoxFor[];
}

/** A record named by its place in a device's chain. */
export interface ChainPoint {
  /** From 1. */
  readonly sequence: number;
  readonly hash: RecordHash;
}

/** A device that is to go, and which of its records hold all the same. */
export interface RemovedDevice {
  readonly device: DeviceId;
  /** The records that hold, with all before them in their chain. */
  readonly cutoff: readonly ChainPoint[];
}

/** Founds the library. */
export interface CreateStatement {
  readonly kind: "create";
  /** X25519 public key of the founder; 32 bytes. */
  readonly seal: Uint8Array;
  readonly words: DeviceId;
  readonly wordsSeal: Uint8Array;
  /** By the words over `createMessage`. */
  readonly wordsSignature: Uint8Array;
  /** Tells whether bytes are the library's secret; 32 bytes. */
  readonly secretCommitment: Uint8Array;
  readonly secrets: readonly BoxFor[];
  readonly epoch: EpochPart;
}

/** Admits a device, or recovery words. */
export interface AddStatement {
  readonly kind: "add";
  readonly device: DeviceId;
  readonly seal: Uint8Array;
  /** Whether the added key is recovery words: an offline member that ranks directly below its adder. */
  readonly words: boolean;
  /** Membership records that the adder saw without successors, sorted. */
  readonly parents: readonly RecordHash[];
  /** By the added key over `addMessage`. */
  readonly countersignature: Uint8Array;
  readonly secrets: readonly BoxFor[];
  readonly epoch: EpochPart;
}

/** Removes devices, and founds the epoch of those who stay. */
export interface RemoveStatement {
  readonly kind: "remove";
  /** Sorted by device; at least one. */
  readonly removed: readonly RemovedDevice[];
  readonly epoch: EpochPart;
}

/** Seals a key to a member that lacks it. */
export interface SealStatement {
  readonly kind: "seal";
  /** Null for the library's secret. */
  readonly of: EpochId | null;
  readonly device: DeviceId;
  readonly box: Uint8Array;
}

/** A member says which keys it lacks, so that whoever has them seals them to it. */
export interface AskStatement {
  readonly kind: "ask";
  /** Sorted. */
  readonly epochs: readonly EpochId[];
  /** Whether the library's secret is lacking. */
  readonly secret: boolean;
  /** `seal` records for the author that held no right key, sorted. */
  readonly failed: readonly RecordHash[];
}

/** What a membership record says in public. */
export type Statement =
  | CreateStatement
  | AddStatement
  | RemoveStatement
  | { readonly kind: "rotate"; readonly epoch: EpochPart }
  | SealStatement
  | AskStatement
  /** Lets a record of a removed device, and all before it in its chain, count as content. */
  | { readonly kind: "keep"; readonly device: DeviceId; readonly sequence: number; readonly hash: RecordHash };

/** The epoch that a statement founds; null where it founds none. */
export function epochOfStatement(statement: Statement): EpochPart | null {
  switch (statement.kind) {
    case "create":
    case "add":
    case "remove":
    case "rotate":
      return statement.epoch;
    case "seal":
    case "ask":
    case "keep":
      return null;
  }
}
