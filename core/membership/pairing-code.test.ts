import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { pairingCodeToText, pairingMailbox, parsePairingCode } from "./pairing-code.ts";

const random = seededRandom(21);
const relay = "http://127.0.0.1:8787";

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
});

test("what is no code, or leads to no relay, is refused", () => {
  const letters = pairingCodeToText({ secret: random(16), relay }).split("@")[0] ?? "";
  for (const other of ["", "@", "hello", letters]) expect(parsePairingCode(other)).toBeNull();
  for (const address of ["ftp://x", "http://", "https://name:password@x", "https://x?y", "https://x/#y", "https://x y"])
    expect(parsePairingCode(`${letters}@${address}`)).toBeNull();
  for (const address of ["https://relay.example", "http://[::1]:8787", "https://x.example/albumen"])
    expect(parsePairingCode(`${letters}@${address}`)?.relay).toBe(address);
});

test("frozen: the code and the mailbox's name of one secret", () => {
  const secret = new Uint8Array(16).fill(7);
  expect(pairingCodeToText({ secret, relay })).toBe("0W3G-E1R7-0W3G-E1R7-0W3G-E1R7-0W79@http://127.0.0.1:8787");
  expect(pairingMailbox(secret)).toBe("1c9a9fff41d99382c6bab341d1aaec23");
  expect(pairingMailbox(random(16))).not.toBe(pairingMailbox(secret));
});
