/**
 * The files that an import was asked for: files as they are named, folders with everything beneath them, in order of their
 * paths. What begins with a dot is left alone; links to files are followed, links to folders are not, so that no walk is
 * endless. Whether a file is a photo is for its bytes to say, not for its name.
 */
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";

/** A file found; `path` is absolute. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
}

/** The files of `paths`, each once; one line where a path leads nowhere. */
export async function listFiles(paths: readonly string[]): Promise<Result<readonly ListedFile[], string>> {
  const files = new Map<string, ListedFile>();
  for (const path of paths) {
    const root = resolve(path);
    const found = await stat(root).catch(() => null);
    if (found === null) return err(`there is no file or folder ${path}`);
    const listed = found.isDirectory() ? await walk(root) : [{ path: root, bytes: found.size }];
    for (const file of listed) files.set(file.path, file);
  }
  return ok([...files.values()]);
}

async function walk(folder: string): Promise<readonly ListedFile[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => compareText(a.name, b.name));
  const files: ListedFile[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) files.push(...(await walk(path)));
    else {
      const found = await stat(path).catch(() => null);
      // A link to nowhere is listed: reading it fails, and the import says so.
      if (found === null || found.isFile()) files.push({ path, bytes: found?.size ?? 0 });
    }
  }
  return files;
}
