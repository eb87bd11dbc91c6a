/**
 * Port: where a device keeps its things. Named tables of bytes by text key; every write is one transaction, durable before it
 * is acknowledged: all of it or nothing survives a crash.
 */
import type { Result } from "../primitives/result.ts";

/** The tables; each adapter makes them all. */
export type StoreTable = "meta" | "records" | "outbox" | "snapshot" | "index" | "thumbnails" | "originals" | "blobs";

/** All tables, in order. */
export const storeTables: readonly StoreTable[] = [
  "meta",
  "records",
  "outbox",
  "snapshot",
  "index",
  "thumbnails",
  "originals",
  "blobs",
];

/** Part of a table whose keys are ASCII: the entries whose keys are greater than `after`, in order, at most `limit` of them. */
export interface StoreRange {
  readonly after: string;
  readonly limit: number;
}

/** One change of a transaction; a null value deletes the key. */
export interface StoreWrite {
  readonly table: StoreTable;
  readonly key: string;
  readonly value: Uint8Array | null;
}

/** Why a write was refused; nothing of it was stored. */
export interface StoreError {
  readonly kind: "disk-full" | "store-failed";
  readonly reason: string;
}

/** A device's store. One process or tab writes at a time. */
export interface Store {
  readonly get: (table: StoreTable, key: string) => Promise<Uint8Array | null>;
  /** Every key of a table in ascending order of UTF-16 code units. */
  readonly keys: (table: StoreTable) => Promise<readonly string[]>;
  /** Every entry of a table, or those of a part of it, in the order of `keys`. */
  readonly entries: (table: StoreTable, range?: StoreRange) => Promise<readonly (readonly [string, Uint8Array])[]>;
  readonly write: (writes: readonly StoreWrite[]) => Promise<Result<null, StoreError>>;
  readonly close: () => Promise<void>;
}
