/**
 * A log with a record of every kind, sealed with real keys by members who know of each other, in an order in which each can be
 * accepted; and ledgers that read it.
 */
import "./automerge.ts";
import { createLedger, type Ledger } from "@albumen/client/log/ledger.ts";
import { createPen, type EventIntent } from "@albumen/client/log/pen.ts";
import type { EpochId } from "@albumen/core/ids/ids.ts";
import { askForKeys } from "@albumen/core/membership/author.ts";
import type { MembershipEntry } from "@albumen/core/membership/entry.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import { concatBytes, utf8 } from "@albumen/core/primitives/bytes.ts";
import { createMemberWorld, type MemberWorld, type TestMember } from "@albumen/core/testing/member-world.ts";

/** A record and what it is. */
export interface LogRecord {
  readonly what: string;
  readonly bytes: Uint8Array;
}

/** A library's log. */
export interface SealedLog {
  readonly world: MemberWorld;
  readonly phone: TestMember;
  readonly records: readonly LogRecord[];
  /** A ledger of the founder that took `records` in. */
  readonly ledgerWith: (records: readonly Uint8Array[]) => Ledger;
}

/** An event that says `names`, one fact each. */
export function intentOf(...names: readonly string[]): EventIntent {
  return { what: "test", at: 1, height: 1, says: { kind: "facts", facts: names.map(utf8) } };
}

/** The bytes of a membership record. */
export function bytesOfEntry({ parts }: MembershipEntry): Uint8Array {
  return concatBytes(parts.signed, parts.signature);
}

/** Writes content records as `member`, each known to `ledger` before the next. */
export function createWriter(
  member: TestMember,
  ledger: Ledger,
  world: MemberWorld,
): (...names: readonly string[]) => Uint8Array {
  const pen = createPen(ledger, member.keys, { random: world.random, clock: () => 1 });
  return (...names) => {
    const record = pen.write([intentOf(...names)], membershipOf(ledger));
    const [staged] = ledger.stage([record]).accepted;
    if (staged === undefined) throw new Error("a record is refused by its own author");
    ledger.commit([staged]);
    member.last = { sequence: staged.parts.header.sequence, hash: staged.hash };
    return record;
  };
}

/** The membership of a ledger that holds its library's create. */
export function membershipOf(ledger: Ledger): Membership {
  const membership = ledger.membership();
  if (membership === null) throw new Error("the library's create is not held");
  return membership;
}

/** A log with every kind of record, from `seed`. */
export function createSealedLog(seed: number): SealedLog {
  const world = createMemberWorld(seed);
  const { founder, library } = world;
  const [phone, words] = [world.stranger(), world.stranger()];
  const records: LogRecord[] = [];
  const founderLedger = createLedger(library, founder.keys);
  const phoneLedger = createLedger(library, phone.keys);
  const keep = (what: string, bytes: Uint8Array): void => {
    records.push({ what, bytes });
    for (const ledger of [founderLedger, phoneLedger]) ledger.commit(ledger.stage([bytes]).accepted);
  };
  const keepEntry = (what: string, entry: MembershipEntry): void => {
    world.show([founder, phone], [entry]);
    keep(what, bytesOfEntry(entry));
  };
  keepEntry("create", world.created);
  keepEntry("add", world.add(founder, phone));
  keepEntry("add of words", world.add(founder, words, true));
  const byFounder = createWriter(founder, founderLedger, world);
  const byPhone = createWriter(phone, phoneLedger, world);
  keep("content", byFounder("Anna", "Ben"));
  keep("content of another device", byPhone("Carl"));
  const rotation = world.rotate(founder);
  keepEntry("rotate", rotation);
  const epoch = rotation.hash as string as EpochId;
  const ask = askForKeys(world.authoring(phone), world.membership(phone), { epochs: [epoch], secret: true, failed: [] });
  keepEntry("ask", world.take(phone, ask ?? new Uint8Array(0)));
  const seals = world.settle(founder);
  for (const [at, seal] of seals.entries()) keepEntry(at === 0 ? "seal" : "seal of the secret", seal);
  const adopted = phone.last;
  keep("content under the new epoch", byPhone("Dora"));
  keepEntry("remove", world.remove(founder, [phone], adopted === null ? [] : [adopted]));
  if (phone.last === null) throw new Error("the phone wrote nothing");
  keepEntry("keep", world.keep(founder, phone, phone.last));
  keep("content after a removal", byFounder("Emil"));
  return {
    world,
    phone,
    records,
    ledgerWith: (held) => {
      const ledger = createLedger(library, founder.keys);
      ledger.commit(ledger.stage(held).accepted);
      return ledger;
    },
  };
}

/** All of a ledger on which what people see depends. */
export function ledgerState(ledger: Ledger): unknown {
  const { chains } = ledger;
  const verified = ledger.verified();
  return {
    membership: ledger.membership(),
    verified,
    changes: ledger.changes(),
    void: verified.map((record) => ledger.isVoid(record)),
    aside: ledger.aside(),
    frontiers: chains.frontiers(),
    forks: chains.forks(),
    missing: chains.missing(),
  };
}
