/**
 * HOME: the folder of one device of one library, its owner's alone (node-owner-only.ts).
 *
 *   HOME/albumen.db   the store (storage/sqlite), locked by the process that has it open
 *   HOME/key          the store key, in the open or under a passphrase (node-key-file.ts); made with the store and never again
 *
 * A store whose key is gone cannot be read by anyone; a new key beside it would only hide that, so it is refused by name.
 * A passphrase is asked for, and changed, only while this process holds the store.
 */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Random } from "@albumen/core/ports/random.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { lockKey, parseKeptKey, unlockKey } from "../storage/kept-key.ts";
import { createSealedStore, createStoreKey, type StoreKey } from "../storage/sealed-store.ts";
import { openSqliteStore } from "../storage/sqlite/sqlite.ts";
import { createKeyFile, readKeyFile, removeKeyDraft, replaceKeyFile } from "./node-key-file.ts";
import { keepToOwner } from "./node-owner-only.ts";

/** Why HOME cannot be opened; `reason` is one sentence that names it. */
export interface HomeError {
  readonly kind:
    | "nothing-there"
    | "in-use"
    | "not-writable"
    | "open-to-others"
    | "not-a-store"
    | "newer-schema"
    | "key-missing"
    | "locked"
    | "wrong-passphrase"
    | "weak-passphrase";
  readonly reason: string;
}

const howTo = "type it at a terminal, or give it as a line of stdin or of --passphrase-file FILE";

/** How a home is opened. */
export interface HomeOptions {
  /** Whether an empty store is made where there is none. */
  readonly create: boolean;
  readonly random: Random;
  /** The next answer to the question for the passphrase, after `wrong` wrong ones; null where there is none. */
  readonly ask: (wrong: number) => Promise<string | null>;
  /** The passphrase of a key that is made now; null to keep it in the open. Not called where there is a key. */
  readonly choose: () => Promise<string | null>;
}

/** A home that is open. */
export interface OpenHome {
  readonly store: Store;
  readonly hasPassphrase: boolean;
  /** Keeps the key under another passphrase, or in the open where it is null: wholly or, where it fails, not at all. */
  readonly setPassphrase: (next: string | null) => Result<null, HomeError>;
}

/** Opens `home`. */
export async function openHome(home: string, options: HomeOptions): Promise<Result<OpenHome, HomeError>> {
  const path = join(home, "albumen.db");
  if (!options.create && !existsSync(path)) return refuse("nothing-there", `there is no library in ${home}`);
  const prepared = prepareFolder(home);
  if (!prepared.ok) return prepared;
  const opened = openSqliteStore(path);
  if (!opened.ok) return opened.error.kind === "in-use" ? refuse("in-use", `another albumen process is using ${home}`) : opened;
  const found = await findKey(home, opened.value, options);
  if (!found.ok) {
    await opened.value.close();
    return found;
  }
  const { key, hasPassphrase } = found.value;
  const { random } = options;
  return ok({
    store: createSealedStore(opened.value, key, random),
    hasPassphrase,
    setPassphrase: (next) => writeKey(key, next, random, (kept) => replaceKeyFile(home, kept)),
  });
}

function prepareFolder(home: string): Result<null, HomeError> {
  try {
    if (!existsSync(home)) {
      mkdirSync(dirname(home), { recursive: true, mode: 0o700 });
      // Not `recursive`: where a file system refuses new folders, that never ends.
      mkdirSync(home, { mode: 0o700 });
    }
    const problem = keepToOwner(home);
    return problem === null ? ok(null) : refuse("open-to-others", problem);
  } catch (cause) {
    return refuse("not-writable", `${home} cannot be used: ${wordsOf(cause)}`);
  }
}

interface FoundKey {
  readonly key: StoreKey;
  readonly hasPassphrase: boolean;
}

async function findKey(home: string, store: Store, options: HomeOptions): Promise<Result<FoundKey, HomeError>> {
  removeKeyDraft(home);
  const bytes = readKeyFile(home);
  const lost = `without it nobody can read ${join(home, "albumen.db")}`;
  if (bytes === null) {
    const isEmpty = (await store.keys("meta")).length === 0;
    return isEmpty ? makeKey(home, options) : refuse("key-missing", `${join(home, "key")} is missing: ${lost}`);
  }
  const kept = parseKeptKey(bytes);
  if (!kept.ok) return refuse("key-missing", `${join(home, "key")} is damaged (${kept.error.reason}): ${lost}`);
  if (kept.value.kind === "open") return ok({ key: kept.value.key, hasPassphrase: false });
  for (let wrong = 0; ; wrong++) {
    const passphrase = await options.ask(wrong);
    if (passphrase === null && wrong > 0) return refuse("wrong-passphrase", `that is not the passphrase of ${home}`);
    if (passphrase === null) return refuse("locked", `${home} is locked by a passphrase, and there was none: ${howTo}`);
    const key = unlockKey(kept.value.box, passphrase);
    if (key !== null) return ok({ key, hasPassphrase: true });
  }
}

async function makeKey(home: string, { random, choose }: HomeOptions): Promise<Result<FoundKey, HomeError>> {
  const key = createStoreKey(random);
  const passphrase = await choose();
  const written = writeKey(key, passphrase, random, (kept) => createKeyFile(home, kept));
  return written.ok ? ok({ key, hasPassphrase: passphrase !== null }) : written;
}

function writeKey(
  key: StoreKey,
  passphrase: string | null,
  random: Random,
  write: (kept: Uint8Array) => void,
): Result<null, HomeError> {
  const kept = lockKey(key, passphrase, random);
  if (!kept.ok) return kept;
  try {
    write(kept.value);
    return ok(null);
  } catch (cause) {
    return refuse("not-writable", `the key could not be written: ${wordsOf(cause)}`);
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function refuse(kind: HomeError["kind"], reason: string): Result<never, HomeError> {
  return err({ kind, reason });
}
