import { expect, test } from "vitest";
import { sealAead } from "../crypto/aead.ts";
import { keyedHash } from "../crypto/hash.ts";
import type { DeviceId, LibraryId, RecordHash } from "../ids/ids.ts";
import { concatBytes, utf8 } from "../primitives/bytes.ts";
import { encodeCbor, type CborValue } from "../primitives/cbor.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { isDeviceName } from "./device-name.ts";
import { openPairingMessage, sealPairingMessage, type PairingMessage } from "./pairing-message.ts";

const random = seededRandom(22);
const secret = random(16);
const offer = {
  library: "1".repeat(64) as LibraryId,
  member: "2".repeat(64) as DeviceId,
  nonce: random(16),
  parents: ["3".repeat(64) as RecordHash],
};
const reveal = { device: "4".repeat(64) as DeviceId, seal: random(32), nonce: random(16), name: "Phone 📱" };
const messages: readonly PairingMessage[] = [
  { step: "commit", commitment: random(32) },
  { step: "offer", offer },
  { step: "reveal", reveal },
  { step: "confirm", countersignature: random(64) },
  { step: "done" },
  { step: "abort", reason: "differs" },
];

/** A message that somebody who has the secret made as they liked. */
function sealed(body: CborValue): Uint8Array {
  const nonce = random(24);
  const key = keyedHash("albumen pairing key 1", secret, new Uint8Array(0));
  return concatBytes(nonce, sealAead(encodeCbor(body), utf8("albumen pairing message 1"), nonce, key));
}

test("every message reads back, under its own secret only", () => {
  for (const message of messages) {
    const bytes = sealPairingMessage(secret, message, random(24));
    expect(openPairingMessage(secret, bytes)).toEqual(message);
    expect(openPairingMessage(random(16), bytes)).toBeNull();
  }
});

test("every flipped byte and every cut of every message is no message", () => {
  for (const message of messages) {
    const bytes = sealPairingMessage(secret, message, random(24));
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at & 7));
      expect(openPairingMessage(secret, flipped)).toBeNull();
      expect(openPairingMessage(secret, bytes.subarray(0, at))).toBeNull();
    }
    expect(openPairingMessage(secret, concatBytes(bytes, new Uint8Array(1)))).toBeNull();
  }
});

test("what opens and is malformed is unknown, and nothing else", () => {
  const { nonce } = offer;
  const id = new Uint8Array(32);
  const bodies: readonly CborValue[] = [
    null,
    "done",
    [],
    ["later"],
    ["done", 1],
    ["commit"],
    ["commit", random(31)],
    ["commit", random(32), 0],
    ["confirm", random(63)],
    ["abort"],
    ["abort", "bored"],
    ["offer", id, id, nonce],
    ["offer", random(31), id, nonce, []],
    ["offer", id, random(33), nonce, []],
    ["offer", id, id, random(15), []],
    ["offer", id, id, nonce, [random(31)]],
    ["offer", id, id, nonce, Array.from({ length: 401 }, () => id)],
    ["offer", id, id, nonce, {}],
    ["reveal", id, random(32), nonce],
    ["reveal", id, random(31), nonce, "Phone"],
    ["reveal", id, random(32), random(17), "Phone"],
    ["reveal", random(31), random(32), nonce, "Phone"],
    ["reveal", id, random(32), nonce, ""],
    ["reveal", id, random(32), nonce, "\u001b[2J"],
    ["reveal", id, random(32), nonce, 7],
  ];
  for (const body of bodies) expect(openPairingMessage(secret, sealed(body)), JSON.stringify(body)).toEqual({ step: "unknown" });
  expect(openPairingMessage(secret, sealed(["done"]))).toEqual({ step: "done" });
  expect(openPairingMessage(secret, sealed(["offer", id, id, nonce, Array.from({ length: 400 }, () => id)]))?.step).toBe("offer");
});

test("a name cannot rewrite what a screen shows", () => {
  for (const name of ["Phone", "Großmutters Telefon", "电话", "👨‍👩‍👧", "x".repeat(100)]) expect(isDeviceName(name)).toBe(true);
  for (const name of ["", "   ", "x".repeat(101), "a\nb", "a\u0007", "a\u009b2J", "\u202eenohP", "\u2066a", "a\u2028b"])
    expect(isDeviceName(name)).toBe(false);
});
