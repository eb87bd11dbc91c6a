/** Ranges of a file as a web stream that reads only as fast as it is read, and opens nothing before. */
import { type FileHandle, open } from "node:fs/promises";

/** Bytes read at a time. */
const chunkBytes = 262_144;

/** Bytes `start` … `end` − 1 of the file at `path`, cut at its end. */
export function streamRange(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  let opened: FileHandle | null = null;
  let at = start;
  const close = async (): Promise<void> => {
    const file = opened;
    opened = null;
    await file?.close();
  };
  const readChunk = async (): Promise<Uint8Array> => {
    const wanted = Math.max(0, Math.min(chunkBytes, end - at));
    if (wanted === 0) return new Uint8Array(0);
    opened ??= await open(path, "r");
    const { bytesRead, buffer } = await opened.read(new Uint8Array(wanted), 0, wanted, at);
    at += bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const chunk = await readChunk();
          if (chunk.length > 0) return controller.enqueue(chunk);
          await close();
          controller.close();
        } catch (cause) {
          await close();
          throw cause;
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}
