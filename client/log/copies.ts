/**
 * Copies: a cloned profile, a restored backup. Both hold the same signing key, so both write at the same places of one chain: a
 * fork. A device notices when a record of its own arrives that it does not hold. It then goes on under new keys, which the old
 * key admits; what it wrote under the old key, sent or unsent, stays in the old key's chain and counts.
 *
 * Where the foreign branch ends with an `add`, the other copy has moved already, and this one keeps the old key: else two copies
 * would push each other on for ever. Should that `add` have been an invitation, the next record of either gives it away.
 */
import { sign } from "@albumen/core/crypto/sign.ts";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { addMember } from "@albumen/core/membership/author.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import type { ChainPoint } from "@albumen/core/roster/statement.ts";
import { identityKeys, identityWrite, type Identity } from "./identity.ts";
import type { Journal } from "./journal.ts";
import type { Ledger } from "./ledger.ts";
import { membershipOf } from "./log-state.ts";
import type { LogParts } from "./parts.ts";
import type { Pen } from "./pen.ts";
import { forgetSnapshot } from "./snapshot-store.ts";
import type { Staged, StagedRecord } from "./staging.ts";

/** The newest record by which `accepted` shows that somebody else writes with the key of `self`; null where none does. */
export function copyOf({ accepted }: Pick<Staged, "accepted">, { chains }: Ledger, self: DeviceId): ChainPoint | null {
  let newest: StagedRecord | null = null;
  for (const record of accepted) {
    const { device, sequence } = record.parts.header;
    if (device === self && sequence >= (newest?.parts.header.sequence ?? 0)) newest = record;
  }
  if (newest === null) return null;
  const { publicPart, header } = newest.parts;
  const isLast = chains.frontier(self)?.hash === newest.hash;
  if (isLast && publicPart !== null && parseStatement(publicPart)?.kind === "add") return null;
  return { sequence: header.sequence, hash: newest.hash };
}

/** Writes the `add` by which the old key admits new ones, and the new identity with it; null where it cannot. */
export async function moveToNewKeys(
  parts: LogParts,
  { identity, journal, pen }: { readonly identity: Identity; readonly journal: Journal; readonly pen: Pen },
): Promise<Identity | null> {
  const { random } = parts;
  const membership = membershipOf(journal);
  const old = identityKeys(identity);
  if (membership.roster.memberOf(old.device)?.removedBy !== null) return null;
  const next: Identity = { ...identity, signingSeed: random(32), sealingSeed: random(32) };
  const { device, seal, signing } = identityKeys(next);
  const agreed = { device, seal, words: false, parents: membership.heads };
  const countersignature = sign("albumen countersign 1", addMessage(identity.library, old.device, agreed), signing);
  const record = addMember(pen.authoring(), membership, { ...agreed, countersignature, name: identity.name });
  if (record === null) return null;
  // The snapshot was made by the old key.
  const stored = await journal.append([record], { outbox: true, also: [identityWrite(next), forgetSnapshot] });
  return stored.ok && stored.value.accepted.length === 1 ? next : null;
}
