/** Entry: a membership record with its envelope. */
import type { MembershipRecord } from "../roster/roster.ts";
import type { RecordParts } from "../wire/record.ts";

/** A membership record with its envelope. */
export interface MembershipEntry extends MembershipRecord {
  readonly parts: RecordParts;
}
