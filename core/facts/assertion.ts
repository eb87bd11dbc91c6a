/**
 * Assertions: statements as they stand in the log, with who said them, when, and how they fare. Ties between assertions are
 * broken by (height, fact id, index), never by time.
 */
import type { DeviceId, FactId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import type { Statement } from "./statement.ts";

/** The event that holds a fact. */
export interface EventSource {
  readonly record: RecordHash;
  /** Index of the event in its record. */
  readonly place: number;
  readonly device: DeviceId;
  readonly what: string;
  /** Wall clock in milliseconds since 1970, for display only. */
  readonly at: number;
  readonly height: number;
  /** Whether the roster sets its record aside. */
  readonly isVoid: boolean;
}

/** One statement in its place. */
export interface Assertion<S extends Statement = Statement> {
  readonly fact: FactId;
  readonly index: number;
  readonly statement: S;
  readonly source: EventSource;
}

/** How a statement fares: it counts only where it is live. */
export type StatementState =
  | "live"
  /** Something later took its place. */
  | "superseded"
  /** Taken back. */
  | "retracted"
  /** Its record is set aside. */
  | "void";

/** Order of (height, fact id, index), the lesser first: negative, 0 or positive. */
export function compareAssertions(a: Assertion, b: Assertion): number {
  return a.source.height - b.source.height || compareText(a.fact, b.fact) || a.index - b.index;
}

/** The assertion with the greatest (height, fact id, index), or null where there is none. */
export function greatestAssertion<A extends Assertion>(assertions: readonly A[]): A | null {
  let greatest: A | null = null;
  for (const assertion of assertions) if (greatest === null || compareAssertions(assertion, greatest) > 0) greatest = assertion;
  return greatest;
}
