/** Automerge changes that no library writes: for tests of what stands in front of Automerge. */
import { createHash } from "node:crypto";
import { hexToBytes } from "@albumen/core/primitives/bytes.ts";

/** A change chunk with the given columns (specification, hex) and a head like a real one's; its checksum is not right. */
export function craftChange(columns: readonly (readonly [number, string])[]): Uint8Array {
  const data = columns.map(([, column]) => hexToBytes(column) ?? new Uint8Array(0));
  const meta = columns.flatMap(([spec], at) => [
    spec >= 128 ? (spec & 127) | 128 : spec,
    ...(spec >= 128 ? [1] : []),
    data[at]?.length ?? 0,
  ]);
  const body = [
    1,
    ...new Uint8Array(32),
    2,
    1,
    2,
    1,
    2,
    0,
    0,
    0,
    columns.length,
    ...meta,
    ...data.flatMap((column) => [...column]),
  ];
  return new Uint8Array([0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1, body.length, ...body]);
}

/** `change` with its operations numbered from `startOp`, and a checksum that fits. */
export function renumbered(change: Uint8Array, startOp: number): Uint8Array {
  let at = 9;
  const leb = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = change[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  leb();
  const start = at;
  const skip = (bytes: number): void => {
    at += bytes;
  };
  skip(32 * leb());
  skip(leb());
  leb();
  const before = change.subarray(start, at);
  leb();
  return sealed([...before, ...toLeb(startOp), ...change.subarray(at)]);
}

/** A change chunk with this body. */
function sealed(body: readonly number[]): Uint8Array {
  const chunk = [1, ...toLeb(body.length), ...body];
  const checksum = createHash("sha256").update(Uint8Array.from(chunk)).digest().subarray(0, 4);
  return Uint8Array.from([0x85, 0x6f, 0x4a, 0x83, ...checksum, ...chunk]);
}

function toLeb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}
