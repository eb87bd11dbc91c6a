import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import type { EpochId, LibraryId } from "../ids/ids.ts";
import { utf8 } from "../primitives/bytes.ts";
import { parseRecord, type RecordHeader } from "../wire/record.ts";
import { createEpochKey, createMemberKeys, recordKey } from "./keys.ts";
import { isSignatureValid, openRecord, sealRecord } from "./record-seal.ts";

const random = seededRandom(1);
const keys = createMemberKeys(random);
const epochKey = createEpochKey(random);
const library = "11".repeat(32) as LibraryId;
const epoch = "22".repeat(32) as EpochId;
const header: RecordHeader = {
  kind: "content",
  library,
  epoch,
  device: keys.device,
  sequence: 1,
  previous: null,
  nonce: random(24),
};
const key = recordKey(epochKey, library, epoch, keys.device);
const record = sealRecord({ header, publicPart: null, plaintext: utf8("Anna") }, key, keys.signing);

function opens(bytes: Uint8Array, withKey = key): boolean {
  const parts = parseRecord(bytes);
  return parts.ok && isSignatureValid(parts.value) && openRecord(parts.value, withKey) !== null;
}

test("a record opens under its key and gives back its header and plaintext", () => {
  const parts = parseRecord(record);
  expect(parts.ok && parts.value.header).toEqual(header);
  expect(parts.ok && openRecord(parts.value, key)).toEqual(utf8("Anna"));
});

test("a flip of any bit of any byte is refused", () => {
  for (let at = 0; at < record.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = record.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      expect(opens(flipped), `byte ${at} bit ${bit}`).toBe(false);
    }
  }
});

test("no record opens under the key of another library, epoch or device", () => {
  const other = createMemberKeys(random);
  expect(opens(record)).toBe(true);
  expect(opens(record, recordKey(epochKey, "33".repeat(32) as LibraryId, epoch, keys.device))).toBe(false);
  expect(opens(record, recordKey(epochKey, library, "33".repeat(32) as EpochId, keys.device))).toBe(false);
  expect(opens(record, recordKey(epochKey, library, epoch, other.device))).toBe(false);
  expect(opens(record, recordKey(createEpochKey(random), library, epoch, keys.device))).toBe(false);
});

test("a content record cannot be passed off as a membership record", () => {
  const changed = record.slice();
  changed[1] = 1;
  expect(opens(changed)).toBe(false);
});

test("a truncated or lengthened record is refused", () => {
  expect(opens(record.subarray(0, record.length - 1))).toBe(false);
  expect(opens(new Uint8Array([...record, 0]))).toBe(false);
  expect(parseRecord(new Uint8Array(0)).ok).toBe(false);
});
