/**
 * HOME is its owner's alone: mode 0700, and 0600 for every file of albumen in it, whatever the umask was and whoever made them.
 * Where they are wider they are tightened, with two exceptions that are refused by name: a folder that holds other things too,
 * for it may be meant to be read by others (think of `--home .`), and a file that belongs to somebody else than the folder does,
 * for only a folder that was open to others can hold one. Windows has no such modes; there the profile's own rights hold.
 */
import { chmodSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const ownFiles = ["albumen.db", "albumen.db-wal", "albumen.db-shm", "albumen.db-journal", "key", "key.new"];

/** Tightens `home` and what is in it; one sentence where that is refused, null where it is done. @throws Error of the file system. */
export function keepToOwner(home: string): string | null {
  if (process.platform === "win32") return null;
  const folder = statSync(home);
  if ((folder.mode & 0o077) !== 0) {
    const others = readdirSync(home).filter((name) => !ownFiles.includes(name));
    if (others.length > 0) {
      return `other users of this machine can look into ${home}, which holds other things too, such as "${others[0]}": choose a folder for albumen alone, or close this one with chmod 700`;
    }
    chmodSync(home, 0o700);
  }
  for (const path of ownFiles.map((name) => join(home, name)).filter((path) => existsSync(path))) {
    const file = statSync(path);
    if (file.uid !== folder.uid) return `${path} belongs to another user than the folder it is in: albumen does not trust it`;
    if ((file.mode & 0o177) !== 0) chmodSync(path, 0o600);
  }
  return null;
}
