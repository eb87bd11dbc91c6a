/** Contents of blobs: padded, cut into chunks, each encrypted under its number. */
import { bigEndian, join, numberAt } from "./bytes.ts";
import { openAead, sealAead } from "./crypto.ts";
import { padme } from "./record.ts";

const chunkBytes = 65_536;

/** The content of `blob` under `key`, or null. */
export function openBlob(blob: Uint8Array, key: Uint8Array): Uint8Array | null {
  const count = Math.ceil(blob.length / (chunkBytes + 16));
  const chunks = Array.from({ length: count }, (_, index) => {
    const chunk = blob.slice(index * (chunkBytes + 16), (index + 1) * (chunkBytes + 16));
    return openAead(chunk, new Uint8Array(0), nonceOf(index, count), key);
  });
  const whole = chunks.every((chunk) => chunk !== null) ? join(...chunks) : new Uint8Array(0);
  const length = whole.length < 8 ? -1 : numberAt(whole, 0, 8);
  return length >= 0 && whole.length === padme(8 + length) ? whole.slice(8, 8 + length) : null;
}

/** The blob of `content` under `key`: always the same bytes. */
export function sealBlob(content: Uint8Array, key: Uint8Array): Uint8Array {
  const padded = new Uint8Array(padme(8 + content.length));
  padded.set(join(bigEndian(content.length, 8), content));
  const count = Math.ceil(padded.length / chunkBytes);
  const chunks = Array.from({ length: count }, (_, index) =>
    sealAead(padded.slice(index * chunkBytes, (index + 1) * chunkBytes), nonceOf(index, count), key),
  );
  return join(...chunks);
}

function nonceOf(index: number, count: number): Uint8Array {
  return join(bigEndian(index, 8), Uint8Array.of(index === count - 1 ? 1 : 0), new Uint8Array(15));
}
