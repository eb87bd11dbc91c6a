import { describe, expect, test } from "vitest";
import { createLedger } from "@albumen/client/log/ledger.ts";
import { plainHash } from "@albumen/core/crypto/hash.ts";
import type { DeviceId, FactId, FreeDocumentId, RecordHash } from "@albumen/core/ids/ids.ts";
import { bytesToHex, u32ToBytes } from "@albumen/core/primitives/bytes.ts";
import { decodeMemory } from "@albumen/core/snapshot/decode-memory.ts";
import { encodeMemory } from "@albumen/core/snapshot/encode-memory.ts";
import type { LogMemory } from "@albumen/core/snapshot/memory.ts";
import { createRememberedWorld } from "./remembered-world.ts";

const name = (number: number, size = 32): string => bytesToHex(plainHash(u32ToBytes(number)).subarray(0, size));
const encode = (memory: LogMemory): Uint8Array => {
  const steps = encodeMemory(memory);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};

/** Everything that a memory can hold: forks, gaps, records seen and never held, heights and times at their ends. */
const strange: LogMemory = {
  records: [1, 2, 3, 4].map((number) => ({
    record: {
      hash: name(number) as RecordHash,
      device: name(100 + (number % 2)) as DeviceId,
      sequence: [1, 1, 7, Number.MAX_SAFE_INTEGER][number - 1] ?? 1,
      previous: number < 3 ? null : (name(50 + number) as RecordHash),
      seen:
        number === 1
          ? []
          : [1, 77].map((seen) => ({
              device: name(seen === 1 ? 101 : 177) as DeviceId,
              sequence: seen === 1 ? 1 : 9,
              hash: name(seen) as RecordHash,
            })),
      events: [
        {
          what: "name",
          at: -number * 2 ** 50,
          height: Number.MAX_SAFE_INTEGER,
          facts: [1, 2].map((fact) => ({
            id: name(10 * number + fact, 16) as FactId,
            bytes: new Uint8Array(fact * 3).fill(number),
          })),
          announcement: null,
        },
        { what: "Fläche", at: 2 ** 52, height: 1, facts: [], announcement: new Uint8Array(number) },
        { what: "", at: 0, height: 2, facts: [], announcement: null },
      ],
    },
    changes: number === 2 ? [{ document: name(9, 16) as FreeDocumentId, bytes: new Uint8Array(5) }] : [],
  })),
  apart: [
    { hash: name(8) as RecordHash, device: name(100) as DeviceId, sequence: 1, previous: null, reason: "it waits" },
    { hash: name(9) as RecordHash, device: name(100) as DeviceId, sequence: 2, previous: name(8) as RecordHash, reason: "" },
  ],
};

/** `memory` with its records in order of (device, sequence, hash). */
function inOrder(memory: LogMemory): LogMemory {
  const key = ({ record }: LogMemory["records"][number]): string =>
    `${record.device}${String(record.sequence).padStart(16, "0")}${record.hash}`;
  return { ...memory, records: [...memory.records].sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

describe("the memory of a log", () => {
  test("comes back as it was, whatever order its records came in", () => {
    for (const memory of [strange, { ...strange, records: [...strange.records].reverse() }]) {
      expect(decodeMemory(encode(memory))).toEqual(inOrder(strange));
    }
    expect(decodeMemory(encode({ records: [], apart: [] }))).toEqual({ records: [], apart: [] });
  });

  test("of a real log as well, at about 90 bytes a record more than what was said", () => {
    const { log, id, keys } = createRememberedWorld(67, 1200);
    const ledger = createLedger(id, keys);
    ledger.commit(ledger.stage(log.records).accepted);
    const memory = ledger.memory();
    const bytes = encode(memory);
    expect(decodeMemory(bytes)).toEqual(inOrder(memory));
    const said = memory.records
      .flatMap(({ record }) => record.events)
      .reduce(
        (sum, { facts, announcement }) =>
          sum + (announcement ?? []).length + facts.reduce((all, fact) => all + fact.bytes.length, 0),
        0,
      );
    expect((bytes.length - said) / memory.records.length).toBeLessThan(90);
  });

  test("is refused, or read as another memory, whichever byte is another; and never where bytes are missing or too many", () => {
    const bytes = encode(strange);
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 1, 127, 128, 255, (bytes[at] ?? 0) ^ 1]) {
        const other = bytes.slice();
        other[at] = value;
        const decoded = decodeMemory(other);
        if (value === bytes[at] || decoded === null) continue;
        expect(encode(decoded)).not.toEqual(bytes);
      }
      expect(decodeMemory(bytes.subarray(0, at)), `cut at ${at}`).toBeNull();
    }
    expect(decodeMemory(Uint8Array.of(...bytes, 0))).toBeNull();
  });
});
