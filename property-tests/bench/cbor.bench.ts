/** Canonical CBOR against the codec beneath it: what strictness costs. Values have the shape of events and index records. */
import { decode, encode, rfc8949EncodeOptions } from "cborg";
import { bytesToHex } from "../../core/primitives/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../../core/primitives/cbor.ts";
import { type Bench, type BenchRow, medianTime } from "./bench.ts";

/** Strictness costs no second pass: it is checked where it applies. */
const limits = { encode: 1.2, decode: 1.5 };

export const bench: Bench = {
  name: "cbor",
  what: "canonical CBOR (core/primitives/cbor.ts) against plain cborg",
  run: async ({ quick, now }) => {
    const values = Array.from({ length: quick ? 200 : 2_000 }, (_, at) => createValue(at));
    const rounds = quick ? 3 : 11;
    const encoded = values.map(encodeCbor);
    checkOutputs(values, encoded);
    const time = (work: () => void): number => (1000 * medianTime(work, rounds, now)) / values.length;
    return [
      compare(
        "encode",
        time(() => values.forEach(encodeCbor)),
        time(() => values.forEach(encodePlainly)),
        limits.encode,
      ),
      compare(
        "decode",
        time(() => encoded.forEach(decodeCbor)),
        time(() => encoded.forEach(decodePlainly)),
        limits.decode,
      ),
    ];
  },
};

/** An event with three facts and a vector of 128 bytes; different for every `at`. */
function createValue(at: number): CborValue {
  const id = (salt: number): Uint8Array => Uint8Array.from({ length: 16 }, (_, byte) => (at * 31 + byte * salt) & 255);
  const fact = (salt: number): CborValue => ({ kind: "assign", subjects: [id(salt), id(salt + 1)], person: id(7), height: at });
  return {
    v: 1,
    what: "name a person",
    time: "2024-05-01T12:00:00",
    height: at,
    facts: [1, 3, 5].map(fact),
    vector: vectorOf(at),
  };
}

function vectorOf(at: number): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, byte) => (at ^ (byte * 37)) & 255);
}

function encodePlainly(value: CborValue): Uint8Array {
  return encode(value, rfc8949EncodeOptions);
}

function decodePlainly(bytes: Uint8Array): unknown {
  return decode(bytes);
}

function checkOutputs(values: readonly CborValue[], encoded: readonly Uint8Array[]): void {
  for (const [at, value] of values.entries()) {
    const ours = encoded[at] ?? new Uint8Array();
    const decoded = decodeCbor(ours);
    if (bytesToHex(encodePlainly(value)) !== bytesToHex(ours)) throw new Error(`value ${at}: the encodings differ`);
    if (!decoded.ok) throw new Error(`value ${at} does not decode: ${decoded.error.reason}`);
    if (bytesToHex(encodePlainly(decoded.value)) !== bytesToHex(ours)) throw new Error(`value ${at} decodes to another value`);
  }
}

function compare(metric: string, value: number, peer: number, limit: number): BenchRow {
  const ratio = value / peer;
  return { metric, value, unit: "µs per value", limit: `≤ ${limit} × cborg`, peer, ratio, ok: ratio <= limit };
}
