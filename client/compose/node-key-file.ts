/**
 * HOME/key: the store key as storage/kept-key.ts keeps it, 32 bytes or a box of 97, mode 0600.
 *
 * What is written is first whole on the disk as HOME/key.new and then gets its name in one step of the file system: a link where
 * no key may be replaced, a rename where one is. So at any moment, a lost one included, HOME/key is the key as it was or the key
 * as it shall be. A draft that was left behind belongs to nobody and is removed by the next process that opens HOME.
 */
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** What HOME/key holds; null where there is none. */
export function readKeyFile(home: string): Uint8Array | null {
  const path = join(home, "key");
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
}

/** Writes HOME/key where there is none. @throws Error of the file system, also where there is one; nothing has changed then. */
export function createKeyFile(home: string, kept: Uint8Array): void {
  const draft = writeDraft(home, kept);
  linkSync(draft, join(home, "key"));
  rmSync(draft);
  syncFolder(home);
}

/** Puts `kept` in the place of what HOME/key holds. @throws Error of the file system; the key is as it was then. */
export function replaceKeyFile(home: string, kept: Uint8Array): void {
  renameSync(writeDraft(home, kept), join(home, "key"));
  syncFolder(home);
}

/** Removes a draft that a process left behind when it ended; it may hold a key in the open. */
export function removeKeyDraft(home: string): void {
  rmSync(join(home, "key.new"), { force: true });
}

function writeDraft(home: string, kept: Uint8Array): string {
  removeKeyDraft(home);
  const draft = join(home, "key.new");
  const file = openSync(draft, "wx", 0o600);
  try {
    writeSync(file, kept);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return draft;
}

/** A name is durable once its folder is. */
function syncFolder(home: string): void {
  const folder = openSync(home, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
