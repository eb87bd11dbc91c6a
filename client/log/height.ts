/** Height of what is held: where the next event stands. */
import { greatestCountedHeight } from "@albumen/core/facts/waiting.ts";
import type { VerifiedRecord } from "@albumen/core/facts/verified-record.ts";

/** The greatest height of an event that does not wait; 0 where there is none. */
export function heightOf(records: readonly VerifiedRecord[]): number {
  const limit = greatestCountedHeight(records.reduce((sum, { events }) => sum + events.length, 0));
  let greatest = 0;
  for (const { events } of records) for (const { height } of events) if (height <= limit) greatest = Math.max(greatest, height);
  return greatest;
}
