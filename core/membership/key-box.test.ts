import { expect, test } from "vitest";
import { createMemberKeys } from "../crypto/keys.ts";
import { openBox, sealBox } from "../crypto/sealed-box.ts";
import type { DeviceId, EpochId, LibraryId } from "../ids/ids.ts";
import { bytesToHex, concatBytes } from "../primitives/bytes.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { openKeyBox, sealKeyBox, type BoxContext } from "./key-box.ts";

const owner = createMemberKeys(seededRandom(1));
const key = seededRandom(2)(32);
const [library, first, second] = ["11", "22", "44"].map((byte) => byte.repeat(32)) as [LibraryId, EpochId, EpochId];
const context: BoxContext = { purpose: "epoch", library, ids: [first, second] };
const box = sealKeyBox(key, owner, context, seededRandom(3));

test("a box opens for its recipient in its context", () => {
  expect(box).toHaveLength(112);
  expect(openKeyBox(box, owner, context)).toEqual(key);
});

test("a box moved to another purpose, library, epoch or recipient is no box", () => {
  const others: readonly BoxContext[] = [
    { ...context, purpose: "seal" },
    { ...context, purpose: "secret" },
    { ...context, library: null },
    { ...context, library: second as string as LibraryId },
    { ...context, ids: [second, first] },
    { ...context, ids: [first] },
    { ...context, ids: [] },
  ];
  for (const other of others) expect(openKeyBox(box, owner, other)).toBeNull();
  // The same sealing key under another name.
  expect(openKeyBox(box, { ...owner, device: "33".repeat(32) as DeviceId }, context)).toBeNull();
  expect(openKeyBox(box, createMemberKeys(seededRandom(4)), context)).toBeNull();
});

test("what is bound in a box is these bytes for ever", () => {
  // Python: hashlib.blake2b(b"\x11albumen key box 1" + CBOR of [purpose, library or null, [ids], recipient], digest_size=32).
  const recipient = { ...owner, device: "33".repeat(32) as DeviceId };
  const bound = (given: BoxContext): string =>
    bytesToHex(openBox(sealKeyBox(key, recipient, given, seededRandom(5)), owner)?.subarray(0, 32) ?? new Uint8Array(0));
  expect(bound({ purpose: "seal", library, ids: [first] })).toBe(
    "ae89407d2979eea60f84d0a7e88df27612c09e75636218a5cb729157b884d98a",
  );
  expect(bound({ purpose: "secret", library: null, ids: [] })).toBe(
    "2b9c1d9018f706891288a8e47438b2cac6a3f989882c2ee5c655fe9c8a5205a5",
  );
});

test("a box that holds more or less than a key is no box", () => {
  const inside = openBox(box, owner) ?? new Uint8Array(0);
  const holding = (bytes: Uint8Array): Uint8Array => sealBox(bytes, owner.seal, seededRandom(6));
  expect(openKeyBox(holding(inside), owner, context)).toEqual(key);
  expect(openKeyBox(holding(inside.subarray(0, 63)), owner, context)).toBeNull();
  expect(openKeyBox(holding(concatBytes(inside, new Uint8Array(1))), owner, context)).toBeNull();
});
