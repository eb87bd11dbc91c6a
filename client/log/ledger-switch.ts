/** A ledger that another one can take the place of, for those who hold on to it. */
import type { Ledger } from "./ledger.ts";

/** The ledger that all see, and how to replace what stands behind it. */
export interface LedgerSwitch {
  readonly ledger: Ledger;
  readonly current: () => Ledger;
  readonly replace: (by: Ledger) => void;
}

/** Shows `first` until it is replaced. */
export function createLedgerSwitch(first: Ledger): LedgerSwitch {
  let current = first;
  const ledger: Ledger = {
    stage: (records) => current.stage(records),
    commit: (records) => current.commit(records),
    membership: () => current.membership(),
    verified: () => current.verified(),
    changes: () => current.changes(),
    freeChanges: () => current.freeChanges(),
    apart: () => current.apart(),
    isVoid: (record) => current.isVoid(record),
    get chains() {
      return current.chains;
    },
    aside: () => current.aside(),
    lastActive: (device) => current.lastActive(device),
    has: (hash) => current.has(hash),
    remember: (memory) => current.remember(memory),
    memory: () => current.memory(),
    entries: () => current.entries(),
    entry: (hash) => current.entry(hash),
  };
  return {
    ledger,
    current: () => current,
    replace: (by) => {
      current = by;
    },
  };
}
