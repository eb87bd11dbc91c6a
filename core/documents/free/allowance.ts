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

/** What a record brings. */
interface Load {
  readonly record: RecordHash;
  readonly sequence: number;
  operations: number;
}

/** The records, of those that carry `changes`, that wait. */
export function waitingRecords(changes: readonly CarriedChange[]): ReadonlySet<RecordHash> {
  let bytes = 0;
  const loads = new Map<DeviceId, Map<RecordHash, Load>>();
  const sums = new Map<DeviceId, number>();
  for (const { device, record, sequence, operations, bytes: own } of changes) {
    bytes += own.length;
    sums.set(device, (sums.get(device) ?? 0) + operations);
    const byRecord = loads.get(device) ?? new Map<RecordHash, Load>();
    const load = byRecord.get(record) ?? { record, sequence, operations: 0 };
    load.operations += operations;
    loads.set(device, byRecord.set(record, load));
  }
  const allowed = operationsFree + operationsPerByte * bytes;
  const waiting = new Set<RecordHash>();
  for (const [device, sum] of sums) {
    if (sum <= allowed) continue;
    let used = 0;
    const inOrder = [...(loads.get(device)?.values() ?? [])].sort(
      (a, b) => a.sequence - b.sequence || compareText(a.record, b.record),
    );
    for (const { record, operations } of inOrder) {
      used += operations;
      if (used > allowed) waiting.add(record);
    }
  }
  return waiting;
}
