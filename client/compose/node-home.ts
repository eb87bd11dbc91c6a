/**
 * HOME: the folder of one device of one library, mode 0700.
 *
 *   HOME/albumen.db   the store (storage/sqlite), locked by the process that has it open
 *   HOME/key          the store key: 32 random bytes, mode 0600, made with the store and never again
 *
 * A store whose key is gone cannot be read by anyone; a new key beside it would only hide that, so it is refused by name.
 */
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Random } from "@albumen/core/ports/random.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { createSealedStore, parseStoreKey, type StoreKey } from "../storage/sealed-store.ts";
import { openSqliteStore } from "../storage/sqlite/sqlite.ts";

/** Why HOME cannot be opened; `reason` is one sentence that names it. */
export interface HomeError {
  readonly kind: "nothing-there" | "in-use" | "not-writable" | "not-a-store" | "newer-schema" | "key-missing";
  readonly reason: string;
}

/** The sealed store of `home`. With `create` an empty one is made where there is none. */
export async function openHome(home: string, create: boolean, random: Random): Promise<Result<Store, HomeError>> {
  const path = join(home, "albumen.db");
  if (!create && !existsSync(path)) return refuse("nothing-there", `there is no library in ${home}`);
  try {
    if (!existsSync(home)) {
      mkdirSync(dirname(home), { recursive: true, mode: 0o700 });
      // Not `recursive`: where a file system refuses new folders, that never ends.
      mkdirSync(home, { mode: 0o700 });
    }
  } catch (cause) {
    return refuse("not-writable", `${home} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const opened = openSqliteStore(path);
  if (!opened.ok) return opened.error.kind === "in-use" ? refuse("in-use", `another albumen process is using ${home}`) : opened;
  const key = await readOrCreateKey(home, opened.value, random);
  if (key.ok) return ok(createSealedStore(opened.value, key.value, random));
  await opened.value.close();
  return key;
}

async function readOrCreateKey(home: string, store: Store, random: Random): Promise<Result<StoreKey, HomeError>> {
  const path = join(home, "key");
  const isEmpty = (await store.keys("meta")).length === 0;
  if (!existsSync(path) && isEmpty) createKeyFile(path, random(32));
  const key = existsSync(path) ? parseStoreKey(new Uint8Array(readFileSync(path))) : null;
  if (key !== null) return ok(key);
  return refuse("key-missing", `${path} is missing or not 32 bytes long: without it nobody can read ${home}/albumen.db`);
}

/** The whole file or none, whatever happens meanwhile; an existing one is never replaced. */
function createKeyFile(path: string, key: Uint8Array): void {
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  const file = openSync(draft, "wx", 0o600);
  writeSync(file, key);
  fsyncSync(file);
  closeSync(file);
  linkSync(draft, path);
  rmSync(draft);
}

function refuse(kind: HomeError["kind"], reason: string): Result<never, HomeError> {
  return err({ kind, reason });
}
