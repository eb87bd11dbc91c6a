import { argon2Sync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bytesToHex, hexToBytes, utf8 } from "../primitives/bytes.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { openAead } from "./aead.ts";
import { openWithPassphrase, type PassphraseBox, parsePassphraseBox, sealWithPassphrase } from "./passphrase-box.ts";
import { parseNewPassphrase, toPassphrase } from "./passphrase.ts";

const secret = seededRandom(1)(32);
const passphrase = toPassphrase("a spoon of quince jelly");
/** Costs that let every bit be tried. */
const cheap = { passes: 1, memory: 8 };
const within = { least: cheap, most: { passes: 3, memory: 64 } };

const opensTo = (bytes: Uint8Array, words = passphrase) => {
  const box = parsePassphraseBox(bytes, within);
  return box.ok ? openWithPassphrase(box.value, words) : null;
};

/** The box opened by the layout alone, with OpenSSL's Argon2id. */
function openByLayout(box: Uint8Array, text: string): Uint8Array | null {
  const view = new DataView(box.buffer, box.byteOffset);
  const parameters = { passes: view.getUint32(1), memory: view.getUint32(5), nonce: box.subarray(9, 25) };
  const key = argon2Sync("argon2id", { ...parameters, message: text, parallelism: 1, tagLength: 32 });
  const associated = new Uint8Array([...utf8("albumen passphrase box 1"), ...box.subarray(0, 49)]);
  return openAead(box.subarray(49), associated, box.subarray(25, 49), key);
}

describe("known answers", () => {
  test("the Argon2id that stands in for libsodium's gives the tag of RFC 9106 §5.3", () => {
    const bytes = (length: number, byte: number) => new Uint8Array(length).fill(byte);
    const tag = argon2Sync("argon2id", {
      message: bytes(32, 1),
      nonce: bytes(16, 2),
      secret: bytes(8, 3),
      associatedData: bytes(12, 4),
      parallelism: 4,
      tagLength: 32,
      memory: 32,
      passes: 3,
    });
    expect(tag.toString("hex")).toBe("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  });

  test("a box of full cost is these bytes, and opens by its layout with OpenSSL's Argon2id", () => {
    const box = sealWithPassphrase(secret, toPassphrase("Käsespätzle mit Röstzwiebeln"), seededRandom(2));
    expect(bytesToHex(box)).toBe(
      "010000000300010000323788be59823c695c4e92053fd2df0f6331f8f54081b79cbe50965d98ead4326a" +
        "2c90fac6692a982980b3bdb08c8f119806a22c7f85717fb2f887e640189265477fbc06317d37d0c1da0902dfa518512e7223c2520cae4c",
    );
    expect(openByLayout(box, "Käsespätzle mit Röstzwiebeln")).toEqual(secret);
    const kept = parsePassphraseBox(hexToBytes(bytesToHex(box)) ?? new Uint8Array(0));
    expect(kept.ok && openWithPassphrase(kept.value, toPassphrase("Käsespätzle mit Röstzwiebeln"))).toEqual(secret);
  });

  test("at other costs too", () => {
    for (const [seed, passes, memory] of [
      [3, 1, 8],
      [4, 2, 32],
      [5, 3, 64],
    ] as const) {
      const box = sealWithPassphrase(secret, passphrase, seededRandom(seed), { passes, memory });
      expect(openByLayout(box, passphrase)).toEqual(secret);
      expect(opensTo(box)).toEqual(secret);
    }
  });
});

describe("what does not open", () => {
  const box = sealWithPassphrase(secret, passphrase, seededRandom(6), { passes: 2, memory: 32 });

  test("any other passphrase", () => {
    for (const words of ["", "a spoon of quince jell", "a spoon of quince jelly ", "A spoon of quince jelly"])
      expect(opensTo(box, toPassphrase(words)), words).toBeNull();
  });

  test("a box with any one bit flipped", () => {
    for (let at = 0; at < box.length * 8; at++) {
      const flipped = box.slice();
      flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(opensTo(flipped), `bit ${at & 7} of byte ${at >> 3}`).toBeNull();
    }
    expect(opensTo(box)).toEqual(secret);
  });

  test("a box that is cut, or longer", () => {
    for (const length of [0, 32, 96]) expect(parsePassphraseBox(box.subarray(0, length), within).ok).toBe(false);
    expect(parsePassphraseBox(new Uint8Array([...box, 0]), within).ok).toBe(false);
  });
});

describe("bounds, before anything is computed", () => {
  const withCost = (passes: number, memory: number): Uint8Array => {
    const bytes = new Uint8Array(97);
    bytes[0] = 1;
    new DataView(bytes.buffer).setUint32(1, passes);
    new DataView(bytes.buffer).setUint32(5, memory);
    return bytes;
  };
  test.each([
    [2, 65_536, "it would open too easily: somebody weakened it"],
    [3, 65_535, "it would open too easily: somebody weakened it"],
    [0, 0, "it would open too easily: somebody weakened it"],
    [17, 65_536, "opening it would take more than this device has"],
    [3, 262_145, "opening it would take more than this device has"],
    [0xffff_ffff, 0xffff_ffff, "opening it would take more than this device has"],
  ])("%i passes over %i KiB are refused", (passes, memory, reason) => {
    expect(parsePassphraseBox(withCost(passes, memory))).toEqual({ ok: false, error: { kind: "malformed-box", reason } });
  });
  test.each([
    [3, 65_536],
    [16, 262_144],
  ])("%i passes over %i KiB are taken", (passes, memory) => {
    expect(parsePassphraseBox(withCost(passes, memory)).ok).toBe(true);
  });
  test("a later version is named", () => {
    const later = withCost(3, 65_536);
    later[0] = 2;
    expect(parsePassphraseBox(later)).toMatchObject({ error: { reason: "its version is 2; this albumen knows 1" } });
  });
});

describe("what a person types", () => {
  test("accents in one sign or in two are the same passphrase", () => {
    const composed = "caf\u00e9 au lait";
    const decomposed = "cafe\u0301 au lait";
    const box: PassphraseBox = sealWithPassphrase(secret, toPassphrase(decomposed), seededRandom(7), cheap);
    expect(opensTo(box, toPassphrase(composed))).toEqual(secret);
  });
  test("eight characters are asked of a new one, counted as people count, and nothing of it is trimmed", () => {
    expect(parseNewPassphrase("1234567")).toMatchObject({ ok: false, error: { kind: "weak-passphrase" } });
    // Seven characters of two UTF-16 units each, and seven accents in two signs each.
    expect(parseNewPassphrase("🥚".repeat(7)).ok).toBe(false);
    expect(parseNewPassphrase("e\u0301".repeat(7)).ok).toBe(false);
    expect(parseNewPassphrase(" 234567 ")).toEqual({ ok: true, value: " 234567 " });
  });
});
