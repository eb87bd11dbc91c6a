/** Bytes of the independent decoder. */

/** A value that an encoding did not allow; the message says which rule it breaks. */
export class Refused extends Error {}

/** `hex` as bytes. */
export function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"));
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** All of them, one after the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Whether both are the same. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** `size` big-endian bytes. */
export function bigEndian(value: number, size: 4 | 8): Uint8Array {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(BigInt(value));
  return new Uint8Array(buffer.subarray(8 - size));
}

/** The unsigned number in `size` big-endian bytes. */
export function numberAt(bytes: Uint8Array, offset: number, size: 4 | 8): number {
  if (offset + size > bytes.length) throw new Refused("it ends too early");
  let value = 0n;
  for (const byte of bytes.subarray(offset, offset + size)) value = value * 256n + BigInt(byte);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Refused("a number is beyond 2^53");
  return Number(value);
}

/** @throws Refused with `reason` unless `condition` holds. */
export function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Refused(reason);
}
