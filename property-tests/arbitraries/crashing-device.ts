/**
 * Devices whose stores fail, lose their last transactions, are copied and are put back: logs over stores in memory that remember
 * their past. Every record that was ever on its way into a store is kept, stored or not: its author had sealed it.
 */
import "./automerge.ts";
import { identityKeys, identityWrite, type Identity } from "@albumen/client/log/identity.ts";
import type { EncryptedLog } from "@albumen/client/log/log.ts";
import { foundLog, openLog } from "@albumen/client/log/open.ts";
import type { LogParts } from "@albumen/client/log/parts.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { addMember } from "@albumen/core/membership/author.ts";
import type { Store, StoreWrite } from "@albumen/core/ports/store.ts";
import { err } from "@albumen/core/primitives/result.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";

/** A device in a test's hands. */
export interface CrashingDevice {
  /** What runs on it now. */
  readonly log: () => EncryptedLog;
  /** Stops at once, and starts again without its last `lost` transactions. */
  readonly crash: (lost: number) => Promise<void>;
  /** A second device that starts from the same store, less its last `lost` transactions. */
  readonly copy: (lost: number) => Promise<CrashingDevice>;
  /** Lets the next transaction fail. */
  readonly failOnce: () => void;
  readonly records: () => Promise<readonly Uint8Array[]>;
}

/** Devices of one library, and all records that they ever sealed. */
export interface CrashingWorld {
  readonly founder: CrashingDevice;
  /** A device that `member` admits and that holds what `member` holds; null where `member` cannot admit anybody. */
  readonly admit: (member: CrashingDevice) => Promise<CrashingDevice | null>;
  readonly sealed: readonly Uint8Array[];
}

type Past = readonly (readonly StoreWrite[])[];

const noTransport = (): never => {
  throw new Error("this world has no relay");
};

/** A library of one device. All follows from `seed`; no two starts of a log share their chance, as on real machines. */
export async function createCrashingWorld(seed: number): Promise<CrashingWorld> {
  const sealed: Uint8Array[] = [];
  let starts = 0;
  const startIn = (store: Store): LogParts => {
    starts++;
    const transport = { connect: noTransport, findLibraries: noTransport, mailbox: noTransport };
    return { store, random: seededRandom(seed * 1000 + starts), clock: () => 1, transport };
  };
  const createDevice = (past: Past, start: Start): Promise<CrashingDevice> => startDevice(past, { sealed, startIn }, start);
  return {
    sealed,
    founder: await createDevice([], async (parts) => {
      const founded = await foundLog(parts, { relay: "http://relay.test", name: "Founder" });
      return founded.ok ? founded.value.log : null;
    }),
    admit: async (member) => {
      const { random } = startIn(createMemoryStore());
      const { library, relay } = member.log().identity;
      const identity = { library, relay, name: "New", signingSeed: random(32), sealingSeed: random(32) };
      if ((await writeAdd(member.log(), identity)) === null) return null;
      const records = await member.log().parts.store.entries("records");
      const held = records.map(([key, value]): StoreWrite => ({ table: "records", key, value }));
      return createDevice([[...held, identityWrite(identity)]], openLog);
    },
  };
}

type Start = (parts: LogParts) => Promise<EncryptedLog | null>;

interface DeviceContext {
  readonly sealed: Uint8Array[];
  readonly startIn: (store: Store) => LogParts;
}

async function startDevice(before: Past, context: DeviceContext, start: Start): Promise<CrashingDevice> {
  const past = [...before];
  let fails = false;
  const run = async (how: Start): Promise<EncryptedLog> => {
    const inner = createMemoryStore();
    for (const writes of past) await inner.write(writes);
    const write: Store["write"] = async (writes) => {
      for (const { table, value } of writes) if (table === "records" && value !== null) context.sealed.push(value.slice());
      if (fails) {
        fails = false;
        return err({ kind: "disk-full", reason: "the disk is full" });
      }
      past.push(writes);
      return inner.write(writes);
    };
    const log = await how(context.startIn({ ...inner, write }));
    if (log === null) throw new Error("the store holds no library");
    return log;
  };
  let log = await run(start);
  // The first transaction makes the device; without it there is none.
  const without = (lost: number): Past => past.slice(0, Math.max(1, past.length - lost));
  return {
    log: () => log,
    crash: async (lost) => {
      past.splice(0, past.length, ...without(lost));
      log = await run(openLog);
    },
    copy: (lost) => startDevice(without(lost), context, openLog),
    failOnce: () => {
      fails = true;
    },
    records: async () => (await log.parts.store.entries("records")).map(([, bytes]) => bytes),
  };
}

function writeAdd(log: EncryptedLog, identity: Identity): Promise<DeviceId | null> {
  const { device, seal, signing } = identityKeys(identity);
  return log.exclusive(async () => {
    const written = await log.writeMembership((authoring, membership) => {
      const agreed = { device, seal, words: false, parents: membership.heads };
      const message = addMessage(identity.library, authoring.keys.device, agreed);
      const countersignature = sign("albumen countersign 1", message, signing);
      return addMember(authoring, membership, { ...agreed, countersignature, name: identity.name });
    });
    return written.ok && written.value !== null ? device : null;
  });
}
