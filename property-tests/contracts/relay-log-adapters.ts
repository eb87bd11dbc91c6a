/** The adapters of the relay's log store, each made empty for one test, and reopened where it can be. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogStore } from "@albumen/relay/log-store/log-store.ts";
import { createMemoryLogStore } from "@albumen/relay/log-store/memory.ts";
import { createSqliteLogStore } from "@albumen/relay/log-store/sqlite.ts";
import { openLogDatabase } from "@albumen/relay/log-store/sqlite-schema.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";

/** One place where a log lives. */
export interface LogPlace {
  readonly open: () => LogStore;
  /** Closes and opens again; the same store where there is no disk. */
  readonly reopen: (store: LogStore) => Promise<LogStore>;
  readonly remove: () => void;
}

/** An adapter under test. */
export interface LogAdapter {
  readonly name: string;
  readonly createPlace: () => LogPlace;
}

/** The SQLite store in `folder`. @throws where it does not open. */
export function openSqliteLog(folder: string): LogStore {
  const opened = openLogDatabase(folder, seededRandom(5));
  if (!opened.ok) throw new Error(opened.error.reason);
  return createSqliteLogStore(opened.value);
}

/** Every adapter. */
export const logAdapters: readonly LogAdapter[] = [
  {
    name: "memory",
    createPlace: () => ({
      open: () => createMemoryLogStore(new Uint8Array(16).fill(9)),
      reopen: (store) => Promise.resolve(store),
      remove: () => {},
    }),
  },
  {
    name: "sqlite",
    createPlace: () => {
      const folder = mkdtempSync(join(tmpdir(), "albumen-log-"));
      return {
        open: () => openSqliteLog(folder),
        reopen: async (store) => {
          await store.close();
          return openSqliteLog(folder);
        },
        remove: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  },
];
