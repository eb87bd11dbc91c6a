/**
 * Values of operations: a column of metadata, 16 × length + type, beside the raw bytes of all values one after the other.
 *
 *   0 null, 1 false, 2 true   no bytes          5 float          8 bytes
 *   3 unsigned, 4 signed,     LEB128 in its     6 text           UTF-8
 *   8 counter, 9 timestamp    shortest form     7 bytes          any
 */
import { utf8ToText } from "../../primitives/bytes.ts";
import { MalformedChange } from "../change-reader.ts";

/** Refuses values that are not in Automerge's form. @throws MalformedChange */
export function checkValues(raw: Uint8Array, metadata: readonly (number | null)[]): void {
  let at = 0;
  for (const entry of metadata) {
    if (entry === null) throw new MalformedChange("a value of it has no type");
    const length = Math.floor(entry / 16);
    if (at + length > raw.length) throw new MalformedChange("its values end too early");
    if (!isValue(raw.subarray(at, at + length), entry % 16))
      throw new MalformedChange("a value of it is not in Automerge's form");
    at += length;
  }
  if (at !== raw.length) throw new MalformedChange("bytes follow its values");
}

function isValue(bytes: Uint8Array, type: number): boolean {
  switch (type) {
    case 0:
    case 1:
    case 2:
      return bytes.length === 0;
    case 3:
      return isShortest(bytes, (last) => last === 0);
    case 4:
    case 8:
    case 9:
      return isShortest(bytes, (last, before) => last === ((before & 64) === 0 ? 0 : 127));
    case 5:
      return bytes.length === 8;
    case 6:
      return utf8ToText(bytes) !== null;
    case 7:
      return true;
    default:
      return false;
  }
}

/** Whether `bytes` are one LEB128 number of up to 64 bits whose last byte is not redundant. */
function isShortest(bytes: Uint8Array, isRedundant: (last: number, before: number) => boolean): boolean {
  const last = bytes[bytes.length - 1];
  if (last === undefined || bytes.length > 10) return false;
  if (bytes.some((byte, at) => byte < 128 !== (at === bytes.length - 1))) return false;
  return bytes.length === 1 || !isRedundant(last, bytes[bytes.length - 2] ?? 0);
}
