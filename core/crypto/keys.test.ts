import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { DeviceId, EpochId, LibraryId, PhotoId } from "../ids/ids.ts";
import { bytesToHex, utf8 } from "../primitives/bytes.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { labelledHash } from "./hash.ts";
import {
  blobKey,
  createEpochKey,
  createLibrarySecret,
  createMemberKeys,
  epochCommitment,
  isEpochKey,
  isLibrarySecret,
  photoId,
  recordKey,
  secretCommitment,
  seedsToMemberKeys,
  type EpochKey,
  type LibrarySecret,
} from "./keys.ts";

/** The bytes 0, 1, … 31 and 32, 33, … 63. */
const [low, high] = [0, 32].map((first) => Uint8Array.from({ length: 32 }, (_, at) => first + at)) as [Uint8Array, Uint8Array];
const [library, epoch, device] = ["11", "22", "33"].map((byte) => byte.repeat(32)) as [LibraryId, EpochId, DeviceId];
const photo = "44".repeat(16) as PhotoId;

// Expected bytes by Python: hashlib.blake2b(bytes([len(label)]) + label + message, digest_size=…, key=…). They are part of the
// format: another value here means that nobody reads what is already written.
describe("derivations", () => {
  test("commitments to an epoch's key and to the library's secret", () => {
    expect(bytesToHex(epochCommitment(low as EpochKey))).toBe("eab8cba7f735237ecf1068ea8af88e592deb02a32827d2a00946dba84f997d3c");
    expect(bytesToHex(secretCommitment(low as LibrarySecret))).toBe(
      "9ef8c6080416e39345febd45b09098ade7fad68f6f14d8e67770455eb7f955df",
    );
  });

  test("the key of a device's records in an epoch, and in the record that founds it", () => {
    const key = low as EpochKey;
    expect(bytesToHex(recordKey(key, library, epoch, device))).toBe(
      "d9b88c8dac96b286c04736d8db0ae7bc18cf290f49ead3596e31322a5777227b",
    );
    expect(bytesToHex(recordKey(key, null, null, device))).toBe(
      "d4b3f36b5832cd57a79fb82813578baeb600b744c0e413ced0137377ffc4a8ca",
    );
  });

  test("the id of a photo and the keys of its blobs, before and after a removal", () => {
    const secret = low as LibrarySecret;
    expect(photoId(secret, utf8("a photo"))).toBe("25e3eb302c27a4276fffebe9586dd8cc");
    const blob = { kind: "thumbnail", photo, hash: new Uint8Array(32).fill(0x55) };
    expect(bytesToHex(blobKey(secret, null, blob))).toBe("4060aa71075a3d76af1b980e6d0fe63c514fb31de86b7e083cfee7176b94250d");
    expect(bytesToHex(blobKey(secret, high as EpochKey, blob))).toBe(
      "2e1f9498d258267bb345166c5e037b9c296be07f80f3617e745c04f72980d1e4",
    );
  });
});

describe("what meets a commitment", () => {
  const cases = [
    ["an epoch's key", isEpochKey, epochCommitment, "albumen epoch commitment 1"],
    ["the library's secret", isLibrarySecret, secretCommitment, "albumen secret commitment 1"],
  ] as const;
  for (const [what, isRight, commit, label] of cases) {
    test(`${what}: the 32 bytes that were committed to, and nothing else`, () => {
      const commitment = commit(low as EpochKey & LibrarySecret);
      expect(isRight(low, commitment)).toBe(true);
      expect(isRight(high, commitment)).toBe(false);
      expect(isRight(low, commitment.subarray(1))).toBe(false);
      for (const length of [0, 31, 33]) {
        const bytes = new Uint8Array(length);
        expect(isRight(bytes, labelledHash(label, bytes))).toBe(false);
      }
    });
  }
});

describe("key pairs", () => {
  /** The public key of a raw private key, by Node's own implementation. */
  function publicKey(oid: number, seed: Uint8Array): string {
    const der = Buffer.concat([Buffer.from(`302e020100300506032b65${oid.toString(16)}04220420`, "hex"), seed]);
    const key = createPublicKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
    return key.export({ format: "der", type: "spki" }).subarray(-32).toString("hex");
  }

  test("are the Ed25519 pair of one seed and the X25519 pair of the other", () => {
    const keys = seedsToMemberKeys(low, high);
    expect(keys.device).toBe(publicKey(0x70, low));
    expect(bytesToHex(keys.signing)).toBe(bytesToHex(low) + keys.device);
    expect(bytesToHex(keys.seal)).toBe(publicKey(0x6e, keys.sealing));
    expect(keys.seal).not.toEqual(seedsToMemberKeys(high, low).seal);
  });

  test("and all fresh secrets are 32 bytes of the given randomness", () => {
    const draw = seededRandom(8);
    const [first, second, third, fourth] = [draw(32), draw(32), draw(32), draw(32)];
    const random = seededRandom(8);
    expect(createMemberKeys(random)).toEqual(seedsToMemberKeys(first, second));
    expect([createEpochKey(random), createLibrarySecret(random)]).toEqual([third, fourth]);
  });
});
