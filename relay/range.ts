/** Byte ranges of HTTP (RFC 9110 §14), as far as they are honoured: one range of bytes. */

/** Bytes `start` … `end` − 1. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The range that `header` asks of `size` bytes; null where it asks for none, or in a form that is not honoured: then all is sent. */
export function parseRange(header: string | undefined, size: number): ByteRange | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return null;
  if (start >= size) return "unsatisfiable";
  return { start, end: last === "" ? size : Math.min(Number(last) + 1, size) };
}
