/**
 * Reading the records of a store into a ledger, in slices in order of arrival. A record that no signature of its own proves may be
 * proved by a later one of its chain, so what is refused is tried once more when all others are in.
 */
import type { Store } from "@albumen/core/ports/store.ts";
import type { Ledger } from "./ledger.ts";

/** Records per slice: verifying so many takes some milliseconds. */
const sliceRecords = 250;

/** The key of the record that arrived as the `arrival`-th, from 0. */
export function arrivalKey(arrival: number): string {
  return String(arrival).padStart(12, "0");
}

/** Takes the records of one store into one ledger. */
export interface StoredRecords {
  /** The next slice; resolves to how many records it had: 0 where there are no more for now. */
  readonly next: () => Promise<number>;
  /** Tries once more what was refused. To be called when there are no more. */
  readonly finish: () => void;
  /** How many arrivals were passed, those from before the first slice among them. */
  readonly arrivals: () => number;
}

/** Reads what `store` holds from the `first`-th arrival on. */
export function readStoredRecords(store: Store, ledger: Ledger, first: number, limit: number = sliceRecords): StoredRecords {
  let arrivals = first;
  let doubtful: Uint8Array[] = [];
  const take = (records: readonly Uint8Array[]): void => {
    const { accepted, refused } = ledger.stage(records);
    ledger.commit(accepted);
    if (refused.length === 0) return;
    const taken = new Set(accepted.map(({ bytes }) => bytes));
    doubtful.push(...records.filter((bytes) => !taken.has(bytes)));
  };
  return {
    next: async () => {
      const after = arrivals === 0 ? "" : arrivalKey(arrivals - 1);
      const slice = await store.entries("records", { after, limit });
      const last = slice.at(-1);
      if (last === undefined) return 0;
      take(slice.map(([, bytes]) => bytes));
      arrivals = Number(last[0]) + 1;
      return slice.length;
    },
    finish: () => {
      const again = doubtful;
      doubtful = [];
      if (again.length > 0) take(again);
    },
    arrivals: () => arrivals,
  };
}
