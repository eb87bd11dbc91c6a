/** Byte arrays: comparison, concatenation and the two text forms (lower-case hex, base64url without padding). */

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const hexDigits = "0123456789abcdef";
/** The two digits of each byte as ASCII: those of byte b at 2b and 2b + 1. */
const digitsByByte = encoder.encode(Array.from({ length: 256 }, (_, byte) => hexDigit(byte >> 4) + hexDigit(byte & 15)).join(""));
/** The value of each ASCII character as a digit; 16 where it is none. */
const valueByCharacter = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = hexDigits.indexOf(String.fromCharCode(code));
  return value < 0 ? 16 : value;
});
/** Where the digits of short byte arrays are put together; nothing of it is read again. */
const digitRoom = new Uint8Array(128);
const base64urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** UTF-8 bytes of `text`. Lone surrogates become U+FFFD, as the encoding standard says. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 `bytes`, or null where they are not well-formed UTF-8. */
export function utf8ToText(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** The text of `bytes` where all of them are ASCII; null where one is not. Faster than `utf8ToText`. */
export function asciiToText(bytes: Uint8Array): string | null {
  let all = 0;
  for (let i = 0; i < bytes.length; i++) all |= bytes[i] ?? 0;
  return all < 128 ? decoder.decode(bytes) : null;
}

/** All parts, one after the other, in a new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Whether both hold the same bytes. Not constant-time: never for secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Lexicographic order of bytes, the shorter first where one begins the other: negative, 0 or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Order of strings by UTF-16 code unit: the same on every engine and in every locale. Negative, 0 or positive. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Lower-case hexadecimal text; its order is the order of the bytes. */
export function bytesToHex(bytes: Uint8Array): string {
  const { length } = bytes;
  const digits = 2 * length <= digitRoom.length ? digitRoom : new Uint8Array(2 * length);
  for (let i = 0; i < length; i++) {
    const byte = bytes[i] ?? 0;
    digits[2 * i] = digitsByByte[2 * byte] ?? 0;
    digits[2 * i + 1] = digitsByByte[2 * byte + 1] ?? 0;
  }
  return decoder.decode(digits.subarray(0, 2 * length));
}

/** The bytes of lower-case hexadecimal `text`, or null where it is anything else. */
export function hexToBytes(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) return null;
  const bytes = new Uint8Array(text.length / 2);
  return putHex(bytes, 0, text) ? bytes : null;
}

/** Writes the bytes of hexadecimal `text` into `target` from `offset` on; whether it was lower-case digits in pairs. */
export function putHex(target: Uint8Array, offset: number, text: string): boolean {
  const length = text.length / 2;
  let seen = 0;
  for (let i = 0; i < length; i++) {
    const high = valueByCharacter[text.charCodeAt(2 * i)] ?? 16;
    const low = valueByCharacter[text.charCodeAt(2 * i + 1)] ?? 16;
    seen |= high | low;
    target[offset + i] = (high << 4) | low;
  }
  return (seen & 16) === 0;
}

/** base64url (RFC 4648 §5) without padding. */
export function bytesToBase64url(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(4, bytes.length - i + 1);
    for (let digit = 0; digit < digits; digit++) text += base64urlAlphabet[(group >> (18 - 6 * digit)) & 63];
  }
  return text;
}

/** The bytes of base64url `text` without padding, or null where it is malformed or not the canonical form. */
export function base64urlToBytes(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const digit = base64urlAlphabet.indexOf(letter);
    if (digit < 0) return null;
    bits = ((bits << 6) | digit) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 255;
    }
  }
  return bytesToBase64url(bytes) === text ? bytes : null;
}

/** `value` as 8 bytes, big-endian. @throws RangeError unless it is an integer in 0 … 2⁵³−1. */
export function u64ToBytes(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not an unsigned safe integer`);
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(value / 0x1_0000_0000));
  view.setUint32(4, value % 0x1_0000_0000);
  return bytes;
}

/** The unsigned integer in 8 big-endian bytes at `offset`, or null where it is beyond 2⁵³−1 or past the end. */
export function bytesToU64(bytes: Uint8Array, offset = 0): number | null {
  if (offset + 8 > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, 8);
  const value = view.getUint32(0) * 0x1_0000_0000 + view.getUint32(4);
  return Number.isSafeInteger(value) ? value : null;
}

/** `value` as 4 bytes, big-endian. @throws RangeError unless it is an integer in 0 … 2³²−1. */
export function u32ToBytes(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) throw new RangeError(`${value} is not a u32`);
  return new Uint8Array([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
}

/** The unsigned integer in 4 big-endian bytes at `offset`, or null past the end. */
export function bytesToU32(bytes: Uint8Array, offset = 0): number | null {
  if (offset + 4 > bytes.length) return null;
  return new DataView(bytes.buffer, bytes.byteOffset + offset, 4).getUint32(0);
}

function hexDigit(value: number): string {
  return hexDigits.charAt(value);
}
