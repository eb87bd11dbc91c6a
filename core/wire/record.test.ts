import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToHex } from "../primitives/bytes.ts";
import type { DeviceId, EpochId, LibraryId, RecordHash } from "../ids/ids.ts";
import { encodeAssociatedData, parseRecord, recordLimits, type RecordHeader, type RecordParts } from "./record.ts";

/** The layout written down a second time, by offsets alone; null fields are zeros. */
interface RawRecord {
  version?: number;
  kind?: number;
  library?: Uint8Array;
  epoch?: Uint8Array;
  sequence?: bigint;
  previous?: Uint8Array;
  publicPart?: Uint8Array | null;
  /** Bytes of ciphertext, tag included. */
  ciphertext?: number;
}

const device = filled(32, 0xd1);
const nonce = filled(24, 0xa5);

function rawRecord(raw: RawRecord): Uint8Array {
  const { publicPart = null, ciphertext = 16 } = raw;
  const head = 162 + (publicPart === null ? 0 : 4 + publicPart.length);
  const bytes = Buffer.alloc(head + ciphertext + 64);
  bytes.writeUInt8(raw.version ?? 1, 0);
  bytes.writeUInt8(raw.kind ?? (publicPart === null ? 2 : 1), 1);
  bytes.set(raw.library ?? filled(32, 0x11), 2);
  bytes.set(raw.epoch ?? filled(32, 0xe9), 34);
  bytes.set(device, 66);
  bytes.writeBigUInt64BE(raw.sequence ?? 1n, 98);
  bytes.set(raw.previous ?? new Uint8Array(32), 106);
  bytes.set(nonce, 138);
  if (publicPart !== null) {
    bytes.writeUInt32BE(publicPart.length, 162);
    bytes.set(publicPart, 166);
  }
  bytes.fill(0xc1, head, head + ciphertext);
  bytes.fill(0x51, head + ciphertext);
  return Uint8Array.from(bytes);
}

function filled(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}
/** Zeros but for one byte. */
function only(at: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => (index === at ? 7 : 0));
}
function partsOf(bytes: Uint8Array): RecordParts {
  const parts = parseRecord(bytes);
  if (!parts.ok) throw new Error(parts.error.reason);
  return parts.value;
}

describe("layout of a record", () => {
  const ids = { library: "11".repeat(32) as LibraryId, epoch: "e9".repeat(32) as EpochId, device: "d1".repeat(32) as DeviceId };

  test("every field stands at its offset, also at the greatest sequence", () => {
    const parts = partsOf(rawRecord({ sequence: 2n ** 53n - 1n, previous: filled(32, 0x9f), ciphertext: 20 }));
    const previous = "9f".repeat(32) as RecordHash;
    expect(parts.header).toEqual({ kind: "content", ...ids, sequence: Number.MAX_SAFE_INTEGER, previous, nonce });
    expect(parts.publicPart).toBeNull();
    expect(parts.ciphertext).toEqual(filled(20, 0xc1));
    expect(parts.signature).toEqual(filled(64, 0x51));
  });

  test("a membership record has its public part between header and ciphertext", () => {
    for (const length of [0, 1, 300]) {
      const parts = partsOf(rawRecord({ publicPart: filled(length, 0x77), ciphertext: 33 }));
      expect(parts.header).toEqual({ kind: "membership", ...ids, sequence: 1, previous: null, nonce });
      expect(parts.publicPart).toEqual(filled(length, 0x77));
      expect(parts.associatedData).toHaveLength(162 + 4 + length);
      expect(parts.ciphertext).toEqual(filled(33, 0xc1));
    }
  });

  test("the signature covers all before it, the associated data all before the ciphertext, and nothing is copied", () => {
    for (const publicPart of [null, filled(9, 1)]) {
      const bytes = rawRecord({ publicPart, ciphertext: 40 });
      const { signed, associatedData, ciphertext, signature } = partsOf(bytes);
      expect(signed).toEqual(bytes.subarray(0, -64));
      expect([...associatedData, ...ciphertext, ...signature]).toEqual([...bytes]);
      for (const view of [signed, associatedData, ciphertext, signature]) expect(view.buffer).toBe(bytes.buffer);
    }
  });

  test("only 32 zeros mean that there is none, wherever the one other byte stands", () => {
    const none = partsOf(rawRecord({ library: new Uint8Array(32), epoch: new Uint8Array(32) })).header;
    expect([none.library, none.epoch, none.previous]).toEqual([null, null, null]);
    for (const at of [0, 15, 31]) {
      const { header } = partsOf(rawRecord({ library: only(at), epoch: only(at), previous: only(at), sequence: 2n }));
      expect([header.library, header.epoch, header.previous]).toEqual(Array.from({ length: 3 }, () => bytesToHex(only(at))));
    }
  });

  test("what is encoded reads back", () => {
    const id = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => bytes.some((byte) => byte > 0));
    const content = fc.record({
      library: fc.option(id),
      epoch: fc.option(id),
      previous: fc.option(id),
      sequence: fc.integer({ min: 2, max: Number.MAX_SAFE_INTEGER }),
      publicPart: fc.option(fc.uint8Array()),
    });
    fc.assert(
      fc.property(content, ({ library, epoch, previous, sequence, publicPart }) => {
        const header: RecordHeader = {
          kind: publicPart === null ? "content" : "membership",
          library: library === null ? null : (bytesToHex(library) as LibraryId),
          epoch: epoch === null ? null : (bytesToHex(epoch) as EpochId),
          device: ids.device,
          sequence: previous === null ? 1 : sequence,
          previous: previous === null ? null : (bytesToHex(previous) as RecordHash),
          nonce,
        };
        const encoded = encodeAssociatedData(header, publicPart);
        const parts = partsOf(Uint8Array.from([...encoded, ...new Uint8Array(16 + 64)]));
        expect(parts.header).toEqual(header);
        expect(parts.publicPart).toEqual(publicPart);
        expect(parts.associatedData).toEqual(encoded);
      }),
    );
  });

  test("exactly membership records are written with a public part", () => {
    const header = { ...partsOf(rawRecord({})).header };
    expect(() => encodeAssociatedData(header, new Uint8Array(1))).toThrow("exactly membership records have a public part");
    expect(() => encodeAssociatedData({ ...header, kind: "membership" }, null)).toThrow(RangeError);
  });
});

describe("limits of a record", () => {
  const most = recordLimits.maximum;

  test("sizes at their limits are read", () => {
    expect(partsOf(rawRecord({})).ciphertext).toHaveLength(16);
    expect(partsOf(rawRecord({ ciphertext: most - 162 - 64 })).signed).toHaveLength(most - 64);
    expect(partsOf(rawRecord({ publicPart: filled(262_144, 1) })).publicPart).toHaveLength(262_144);
  });

  /** Changes a field of an empty membership record after it was laid out. */
  function withPublicLength(length: number): Uint8Array {
    const bytes = rawRecord({ publicPart: filled(100, 1), ciphertext: 40 });
    new DataView(bytes.buffer).setUint32(162, length);
    return bytes;
  }

  const malformed = "malformed-record";
  const refused: readonly (readonly [what: string, bytes: Uint8Array, kind: string, reason: string])[] = [
    ["one byte too many", rawRecord({ ciphertext: most - 162 - 63 }), malformed, "it has 1048577 bytes, more than 1048576"],
    ["one byte too few", rawRecord({ ciphertext: 15 }), malformed, "it is shorter than any record"],
    ["no bytes", new Uint8Array(0), malformed, "it is shorter than any record"],
    ["version 2", rawRecord({ version: 2 }), "unknown-record-version", "its version is 2, not 1"],
    ["version 0", rawRecord({ version: 0 }), "unknown-record-version", "its version is 0, not 1"],
    ["kind 0", rawRecord({ kind: 0 }), malformed, "its kind is 0, neither 1 nor 2"],
    ["kind 3", rawRecord({ kind: 3 }), malformed, "its kind is 3, neither 1 nor 2"],
    ["sequence 0", rawRecord({ sequence: 0n }), malformed, "its sequence is 0 or beyond 2^53"],
    ["sequence 2⁵³", rawRecord({ sequence: 2n ** 53n, previous: only(1) }), malformed, "its sequence is 0 or beyond 2^53"],
    ["a second record after none", rawRecord({ sequence: 2n }), malformed, "its previous hash does not fit its sequence"],
    ["a first record after another", rawRecord({ previous: only(1) }), malformed, "its previous hash does not fit its sequence"],
    ["a public part beyond its limit", rawRecord({ publicPart: filled(262_145, 1) }), malformed, "its public part does not fit"],
    ["a public part that leaves no tag", withPublicLength(125), malformed, "its public part does not fit"],
    ["a public part beyond the end", withPublicLength(2 ** 18), malformed, "its public part does not fit"],
    ["no room for the length of a public part", rawRecord({ kind: 1 }), malformed, "its public part does not fit"],
  ];
  for (const [what, bytes, kind, reason] of refused) {
    test(`${what} is refused`, () => expect(parseRecord(bytes)).toEqual({ ok: false, error: { kind, reason } }));
  }

  test("a public part may leave just the tag", () => expect(partsOf(withPublicLength(124)).ciphertext).toHaveLength(16));
});
