import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import type { DeviceId, LibraryId } from "../ids/ids.ts";
import {
  offerToCbor,
  openPairingMessage,
  pairingCodeToText,
  pairingCommitment,
  pairingMailbox,
  pairingStringBytes,
  parseOffer,
  parsePairingCode,
  parseReveal,
  revealToCbor,
  sealPairingMessage,
} from "./pairing.ts";
import { pairingStringToText } from "./pairing-string.ts";

const random = seededRandom(21);
const relay = "http://127.0.0.1:8787";
const offer = { library: "1".repeat(64) as LibraryId, member: "2".repeat(64) as DeviceId, nonce: random(16), parents: [] };
const reveal = { device: "3".repeat(64) as DeviceId, seal: random(32), nonce: random(16), name: "Phone" };

test("a code reads back, also typed carelessly", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (secret) => {
      const text = pairingCodeToText({ secret, relay });
      expect(text).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}@http:/);
      expect(parsePairingCode(text)).toEqual({ secret, relay });
      const careless = ` ${text.split("@")[0]?.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l") ?? ""} @${relay}/ `;
      expect(parsePairingCode(careless)).toEqual({ secret, relay });
    }),
    { seed: 2 },
  );
});

test("a code with one letter wrong is refused, except once in 1,024 times", () => {
  const text = pairingCodeToText({ secret: random(16), relay });
  let accepted = 0;
  let tried = 0;
  for (let at = 0; at < 34; at++) {
    for (const letter of "0123456789ABCDEFGHJKMNPQRSTVWXYZ") {
      if (text[at] === "-" || text[at] === letter) continue;
      tried++;
      if (parsePairingCode(text.slice(0, at) + letter + text.slice(at + 1)) !== null) accepted++;
    }
  }
  expect(tried).toBe(28 * 31);
  expect(accepted).toBeLessThanOrEqual(6);
  for (const other of ["", "@", "hello", text.split("@")[0] ?? "", `${text.split("@")[0]}@ftp://x`])
    expect(parsePairingCode(other)).toBeNull();
});

test("a message opens for its step and its code only", () => {
  const secret = random(16);
  const message = sealPairingMessage(secret, "offer", offerToCbor(offer), random(24));
  expect(parseOffer(openPairingMessage(secret, "offer", message))).toEqual(offer);
  expect(openPairingMessage(secret, "reveal", message)).toBeUndefined();
  expect(openPairingMessage(random(16), "offer", message)).toBeUndefined();
  expect(pairingMailbox(secret)).toMatch(/^[0-9a-f]{32}$/);
});

test("whoever stands in between shows another string, or breaks the commitment", () => {
  const honest = pairingStringToText(pairingStringBytes(offer, reveal));
  expect(honest).toMatch(/^(\S+ ){5}\d{5}$/);
  const changes = [
    { ...offer, member: "4".repeat(64) as DeviceId },
    { ...offer, nonce: random(16) },
    { ...offer, library: "5".repeat(64) as LibraryId },
  ];
  for (const changed of changes) expect(pairingStringToText(pairingStringBytes(changed, reveal))).not.toBe(honest);
  for (const changed of [
    { ...reveal, seal: random(32) },
    { ...reveal, device: "6".repeat(64) as DeviceId },
    { ...reveal, nonce: random(16) },
  ]) {
    expect(pairingStringToText(pairingStringBytes(offer, changed))).not.toBe(honest);
    expect(pairingCommitment(changed)).not.toEqual(pairingCommitment(reveal));
  }
});

test("malformed offers and reveals are none", () => {
  expect(parseReveal(revealToCbor(reveal))).toEqual(reveal);
  for (const body of [
    undefined,
    null,
    [],
    [1, 2, 3, 4],
    "x",
    revealToCbor({ ...reveal, name: "" }),
    revealToCbor({ ...reveal, seal: random(31) }),
  ]) {
    expect(parseReveal(body)).toBeNull();
    expect(parseOffer(body)).toBeNull();
  }
});
