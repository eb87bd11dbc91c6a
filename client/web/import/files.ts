/**
 * Files from the file chooser, a folder or a drop, as the engine imports them. A file's bytes are read only when its turn
 * comes. Names and files that begin with a dot are leftovers of the system and are not offered at all.
 */
import type { ImportFile } from "../../engine/api.ts";

/** The files of a chooser. */
export function listFiles(files: FileList): readonly ImportFile[] {
  return [...files].filter(({ name }) => !name.startsWith(".")).map(toImportFile);
}

/** The files of a drop, with those in dropped folders, however deep. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly ImportFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return listFiles(transfer.files);
  return (await Promise.all(entries.map(filesOf))).flat();
}

/** Whether something that is dragged holds files. */
export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}

function toImportFile(file: File): ImportFile {
  return { name: file.name, path: null, read: async () => new Uint8Array(await file.arrayBuffer()) };
}

async function filesOf(entry: FileSystemEntry): Promise<readonly ImportFile[]> {
  if (entry.name.startsWith(".")) return [];
  if (isFile(entry)) return [toImportFile(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)))];
  if (!isFolder(entry)) return [];
  const files: ImportFile[] = [];
  for (const child of await readFolder(entry)) files.push(...(await filesOf(child)));
  return files;
}

/** A browser gives a folder's entries in parts, until a part is empty. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all.sort((a, b) => (a.name < b.name ? -1 : 1));
    all.push(...part);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
