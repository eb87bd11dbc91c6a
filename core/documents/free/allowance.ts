/**
 * Allowance: how many operations of free documents a device may bring. Columns are run-length encoded, so that a record of a few
 * hundred bytes claims a quarter of a million operations, and a few thousand such records would fill any memory. A device's
 * records count, in the order of its chain, while its operations stay within one million and twice the bytes of all changes
 * held; the rest waits until the library has grown. Whoever types brings at most an operation per byte and deletes at most what
 * was typed, so nobody meets the limit who does not aim at it; and whoever does holds up nobody else.
 */
import type { DeviceId, RecordHash } from "../../ids/ids.ts";
import { compareText } from "../../primitives/bytes.ts";
import type { CarriedChange } from "../content.ts";

/** Operations that every device has, and those that it has for each byte of all changes held. */
const operationsFree = 1_000_000;
const operationsPerByte = 2;

/** What was brought so far. */
export interface Allowance {
  readonly add: (changes: readonly CarriedChange[]) => void;
  /** The records that wait. */
  readonly waiting: () => ReadonlySet<RecordHash>;
}

/** What a record brings. */
interface Load {
  readonly record: RecordHash;
  readonly sequence: number;
  operations: number;
}

/** Nothing was brought yet. */
export function createAllowance(): Allowance {
  const loads = new Map<DeviceId, Map<RecordHash, Load>>();
  const sums = new Map<DeviceId, number>();
  let bytes = 0;
  return {
    add: (changes) => {
      for (const { device, record, sequence, operations, bytes: own } of changes) {
        bytes += own.length;
        sums.set(device, (sums.get(device) ?? 0) + operations);
        const byRecord = loads.get(device) ?? new Map<RecordHash, Load>();
        const load = byRecord.get(record) ?? { record, sequence, operations: 0 };
        load.operations += operations;
        loads.set(device, byRecord.set(record, load));
      }
    },
    waiting: () => {
      const allowed = operationsFree + operationsPerByte * bytes;
      const beyond = [...sums].filter(([, sum]) => sum > allowed);
      return new Set(beyond.flatMap(([device]) => loadsBeyond([...(loads.get(device)?.values() ?? [])], allowed)));
    },
  };
}

/** The records of one device that bring what is beyond `allowed`, taken in the order of its chain. */
function loadsBeyond(loads: Load[], allowed: number): readonly RecordHash[] {
  loads.sort((a, b) => a.sequence - b.sequence || compareText(a.record, b.record));
  let used = 0;
  return loads.flatMap(({ record, operations }) => {
    used += operations;
    return used > allowed ? [record] : [];
  });
}
