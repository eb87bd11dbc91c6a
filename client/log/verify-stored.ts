/** Verifying in the background what a snapshot made believe: in slices, between which everything else goes on. */
import type { Store } from "@albumen/core/ports/store.ts";
import { checkLedger, type LedgerDifference } from "./check-ledger.ts";
import type { LedgerSwitch } from "./ledger-switch.ts";
import type { Ledger } from "./ledger.ts";
import { readStoredRecords } from "./stored-records.ts";

/** Lets others work for a moment; resolves to false where the work is to be left. */
export type Breathe = () => Promise<boolean>;

/** What a verification works with. */
export interface Verification {
  /** Empty; it takes the place of the shown one in the end. */
  readonly verified: Ledger;
  readonly shown: LedgerSwitch;
  readonly breathe: Breathe;
  /** How many arrivals the store holds and the shown ledger took in. */
  readonly stored: () => number;
}

/** Verifies all that `store` holds, also what arrives meanwhile; resolves to what was found, or to null where it was left. */
export async function verifyStored(
  store: Store,
  { verified, shown, breathe, stored }: Verification,
): Promise<LedgerDifference | null> {
  const records = readStoredRecords(store, verified, 0);
  for (;;) {
    const before = stored();
    const read = await records.next();
    if (!(await breathe())) return null;
    if (read > 0 || stored() !== before) continue;
    records.finish();
    const difference = await inSteps(checkLedger(shown.current(), verified), breathe);
    if (difference === null) return null;
    // What arrived during the comparison is in the store, and counts in what is shown: once more around.
    if (stored() !== before) continue;
    shown.replace(verified);
    return difference;
  }
}

/** Runs `steps`, and breathes between them; null where the work was left. */
export async function inSteps<T>(steps: Generator<undefined, T>, breathe: Breathe): Promise<T | null> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (!(await breathe())) return null;
  }
}
