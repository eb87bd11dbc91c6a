import { expect, test } from "vitest";
import { bytesToHex, concatBytes, utf8 } from "../primitives/bytes.ts";
import { keyedHash, labelledHash, plainHash, sha256 } from "./hash.ts";

test("whole records and blobs are hashed by BLAKE2b-256 as Python's hashlib has it", () => {
  expect(bytesToHex(plainHash(utf8("")))).toBe("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  expect(bytesToHex(plainHash(utf8("abc")))).toBe("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
});

test("changes of Automerge are named by SHA-256, as FIPS 180-2 has it", () => {
  expect(bytesToHex(sha256(utf8("abc")))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("a label and its length come before the message, so that no message passes for a longer label", () => {
  expect(labelledHash("albumen fact 1", utf8("abc"))).toEqual(
    plainHash(concatBytes(Uint8Array.of(14), utf8("albumen fact 1abc"))),
  );
  // Python: hashlib.blake2b(b"\x0ealbumen fact 1abc", digest_size=16).
  expect(bytesToHex(labelledHash("albumen fact 1", utf8("abc"), 16))).toBe("fd293c452b2a78b802e366963bc690f0");
  expect(labelledHash("albumen fact 1", utf8("abc"))).not.toEqual(labelledHash("albumen photo 1", utf8("abc")));
});

test("a keyed hash depends on its key, its label and its message", () => {
  const key = new Uint8Array(32).fill(1);
  const hash = keyedHash("albumen fact 1", key, utf8("abc"));
  expect(hash).toHaveLength(32);
  expect(hash).not.toEqual(labelledHash("albumen fact 1", utf8("abc")));
  expect(hash).not.toEqual(keyedHash("albumen fact 1", new Uint8Array(32).fill(2), utf8("abc")));
  expect(hash).not.toEqual(keyedHash("albumen photo 1", key, utf8("abc")));
  expect(hash).not.toEqual(keyedHash("albumen fact 1", key, utf8("abd")));
});
