/**
 * The vault: this browser's store key, and the passphrase that may lock it. Opening and locking are slow and take 64 MiB on
 * purpose (core/crypto/passphrase-box.ts), in a worker that ends with its answer; without a passphrase no worker starts.
 */
import type { PassphraseBox } from "@albumen/core/crypto/passphrase-box.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { type KeptKey, parseKeptKey } from "../../storage/kept-key.ts";
import type { StoreKey } from "../../storage/sealed-store.ts";
import type { PassphraseReply, PassphraseRequest } from "../../workers/passphrase-messages.ts";
import { askWorker } from "./ask-worker.ts";
import { createKeyPlace } from "./key-record.ts";

/** Milliseconds for one passphrase; a slow phone needs a few seconds. */
const limit = 60_000;
const late = "working with the passphrase took too long on this device";
const broken = "this browser could not work with the passphrase: is its memory full?";

/** How this browser locks. */
export interface LockSettings {
  readonly hasPassphrase: boolean;
  /** Minutes without input; 0 for never. */
  readonly minutes: number;
}

/** Why a passphrase was not changed. */
export interface LockError {
  readonly kind: "wrong-passphrase" | "weak-passphrase";
  readonly reason: string;
}

/** The vault. All of it throws an Error with words where the browser fails. */
export interface Vault {
  /** The store key; null where it is locked and `passphrase` is null or wrong. */
  readonly open: (passphrase: string | null) => Promise<StoreKey | null>;
  readonly settings: () => Promise<LockSettings>;
  /** `current` opens it where there is a passphrase; `next` is the one from now on, null for none. */
  readonly setPassphrase: (current: string | null, next: string | null) => Promise<Result<null, LockError>>;
  readonly setMinutes: (minutes: number) => Promise<void>;
}

/** The vault in the database `name`. */
export function createVault(name: string, random: Random): Vault {
  const place = createKeyPlace(name, random);
  const read = async (): Promise<{ readonly kept: KeptKey; readonly minutes: number }> => {
    const { kept, minutes } = await place.read();
    const parsed = parseKeptKey(kept);
    if (!parsed.ok) throw new Error(`the key of this browser's store is damaged: ${parsed.error.reason}`);
    return { kept: parsed.value, minutes };
  };
  return {
    open: async (passphrase) => openKept((await read()).kept, passphrase),
    settings: async () => {
      const { kept, minutes } = await read();
      return { hasPassphrase: kept.kind === "locked", minutes };
    },
    setPassphrase: async (current, next) => {
      const { kept, minutes } = await read();
      const key = await openKept(kept, current);
      if (key === null) return err({ kind: "wrong-passphrase", reason: "that is not the passphrase" });
      const locked = next === null ? ok(key) : await lock(key, next);
      if (!locked.ok) return locked;
      await place.write({ kept: locked.value, minutes });
      return ok(null);
    },
    setMinutes: async (minutes) => place.write({ ...(await place.read()), minutes }),
  };
}

async function openKept(kept: KeptKey, passphrase: string | null): Promise<StoreKey | null> {
  if (kept.kind === "open") return kept.key;
  return passphrase === null ? null : unlock(kept.box, passphrase);
}

async function unlock(box: PassphraseBox, passphrase: string): Promise<StoreKey | null> {
  const reply = await ask({ kind: "unlock", box, passphrase });
  if (reply.kind !== "unlocked") throw new Error(broken);
  return reply.key;
}

async function lock(key: StoreKey, passphrase: string): Promise<Result<Uint8Array, LockError>> {
  const reply = await ask({ kind: "lock", key, passphrase });
  if (reply.kind !== "locked") throw new Error(broken);
  return reply.kept;
}

async function ask(request: PassphraseRequest): Promise<PassphraseReply> {
  const worker = new Worker(new URL("../../workers/passphrase-worker.ts", import.meta.url), { type: "module" });
  try {
    return await askWorker<PassphraseReply>(worker, request, { milliseconds: limit, late, broken });
  } finally {
    worker.terminate();
  }
}
