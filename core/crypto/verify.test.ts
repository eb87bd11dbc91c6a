import { createPrivateKey, sign as signByNode } from "node:crypto";
import { expect, test } from "vitest";
import type { DeviceId, RecordHash } from "../ids/ids.ts";
import { bytesToHex, utf8 } from "../primitives/bytes.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { plainHash } from "./hash.ts";
import { createMemberKeys, seedsToMemberKeys } from "./keys.ts";
import { sign } from "./sign.ts";
import { blobName, recordHash, runningHash, verifySignature } from "./verify.ts";

const keys = createMemberKeys(seededRandom(1));
const message = utf8("a message");
const signature = sign("albumen record 1", message, keys.signing);

test("a signature covers the label, its length and the message, as Node's own Ed25519 makes it", () => {
  const seed = new Uint8Array(32).fill(6);
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const byNode = signByNode(null, Buffer.from("\x10albumen record 1a message"), key);
  const mine = seedsToMemberKeys(seed, seed);
  expect(bytesToHex(sign("albumen record 1", message, mine.signing))).toBe(byNode.toString("hex"));
  expect(verifySignature("albumen record 1", message, Uint8Array.from(byNode), mine.device)).toBe(true);
});

test("a signature is void for another purpose, message or device", () => {
  expect(verifySignature("albumen record 1", message, signature, keys.device)).toBe(true);
  expect(verifySignature("albumen create 1", message, signature, keys.device)).toBe(false);
  expect(verifySignature("albumen record 1", utf8("another"), signature, keys.device)).toBe(false);
  expect(verifySignature("albumen record 1", message, signature, createMemberKeys(seededRandom(2)).device)).toBe(false);
});

test("a signature of another size, or by what is no key, is void and throws nothing", () => {
  for (const length of [0, 63, 65]) {
    const resized = new Uint8Array(length);
    resized.set(signature.subarray(0, length));
    expect(verifySignature("albumen record 1", message, resized, keys.device)).toBe(false);
  }
  expect(verifySignature("albumen record 1", message, signature, "ff" as DeviceId)).toBe(false);
  // The neutral point of the curve as key and as first half of the signature: the equation holds for every message.
  const neutral = Uint8Array.from({ length: 64 }, (_, at) => (at === 0 ? 1 : 0));
  expect(verifySignature("albumen record 1", message, neutral, `01${"00".repeat(31)}` as DeviceId)).toBe(false);
});

test("records and blobs are named by the plain hash of their bytes; a log's running hash takes in one record after the other", () => {
  expect(recordHash(message)).toBe(bytesToHex(plainHash(message)));
  expect(blobName(message)).toBe(bytesToHex(plainHash(message)));
  // Python: hashlib.blake2b(bytes(32) + b"\x11" * 32, digest_size=32).
  expect(bytesToHex(runningHash(new Uint8Array(32), "11".repeat(32) as RecordHash))).toBe(
    "04422c9487f442300bf68985ccf6aa95843dffa3c16f4b0003ee06a54bcb9c12",
  );
});
