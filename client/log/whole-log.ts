/** Reading a relay's whole log of a library, for a device that holds nothing of it yet. Nothing is checked or stored here. */
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { pageLimits, type Cursor } from "@albumen/core/wire/page.ts";
import type { SyncError } from "./api.ts";
import type { RelayClient } from "./relay-port.ts";

/** The log as the relay shows it. */
export interface WholeLog {
  readonly records: readonly Uint8Array[];
  /** After the last of them. */
  readonly cursor: Cursor;
}

/** Reads page after page until the relay's log ends. */
export async function readWholeLog(client: RelayClient): Promise<Result<WholeLog, SyncError>> {
  const records: Uint8Array[] = [];
  for (let after = 0; ; ) {
    const page = await client.read(after, pageLimits.records);
    if (!page.ok) return err({ kind: page.error.kind === "unreachable" ? "unreachable" : "refused", reason: page.error.reason });
    records.push(...page.value.records);
    after = page.value.cursor.sequence;
    if (after >= page.value.last || page.value.records.length === 0) return ok({ records, cursor: page.value.cursor });
  }
}
