/** `keys.json`: what follows from seeds and words, and every derivation once. */
import { type HashLabel, keyedHash, labelledHash, plainHash } from "@albumen/core/crypto/hash.ts";
import {
  blobKey,
  type EpochKey,
  epochCommitment,
  type LibrarySecret,
  photoId,
  recordKey,
  secretCommitment,
  seedsToMemberKeys,
} from "@albumen/core/crypto/keys.ts";
import { actorPrefix } from "@albumen/core/documents/author.ts";
import { factId } from "@albumen/core/facts/fact-id.ts";
import type { DeviceId, EpochId, LibraryId, PhotoId, RecordHash } from "@albumen/core/ids/ids.ts";
import { wordsToKeys } from "@albumen/core/membership/words.ts";
import { sealKeyBox } from "@albumen/core/membership/key-box.ts";
import { bytesToHex, utf8 } from "@albumen/core/primitives/bytes.ts";
import { padmeLength } from "@albumen/core/primitives/padme.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import type { Json } from "./vector-file.ts";

const seed = 11;

/** The vectors. */
export function createKeyVectors(): Json {
  const random = seededRandom(seed);
  const members = Array.from({ length: 3 }, () => [random(32), random(32)] as const);
  const entropies = [new Uint8Array(32), new Uint8Array(32).fill(255), random(32)];
  return {
    provenance: { seed, made: "core/crypto/keys.ts, core/crypto/hash.ts, core/membership/words.ts, core/membership/key-box.ts" },
    members: members.map(([signingSeed, sealingSeed]) => {
      const { device, seal } = seedsToMemberKeys(signingSeed, sealingSeed);
      return { signingSeed: bytesToHex(signingSeed), sealingSeed: bytesToHex(sealingSeed), device, seal: bytesToHex(seal) };
    }),
    words: entropies.map((entropy) => {
      const words = entropyToMnemonic(entropy, wordlist);
      const keys = wordsToKeys(words);
      return {
        words,
        entropy: bytesToHex(entropy),
        device: keys?.device ?? null,
        seal: keys === null ? null : bytesToHex(keys.seal),
      };
    }),
    notWords: ["abandon ".repeat(24).trim(), "zoo ".repeat(23).trim(), `${"abandon ".repeat(23)}albumen`],
    hashes: hashes(),
    derived: derived(),
    boxes: boxes(),
    padme: [0, 1, 2, 8, 9, 100, 101, 255, 256, 257, 1000, 65_537, 1_048_575].map((length) => [length, padmeLength(length)]),
  };
}

function hashes(): Json {
  const key = new Uint8Array(32).fill(9);
  const labels: readonly HashLabel[] = ["albumen key box 1", "albumen photo 1"];
  return labels.flatMap((label) =>
    ["", "a", "a".repeat(300)].flatMap((text) =>
      [16, 32].map((size) => ({
        label,
        size,
        message: bytesToHex(utf8(text)),
        hash: bytesToHex(labelledHash(label, utf8(text), size)),
        key: bytesToHex(key),
        keyed: bytesToHex(keyedHash(label, key, utf8(text), size)),
      })),
    ),
  );
}

function derived(): Json {
  const epochKey = new Uint8Array(32).fill(1) as EpochKey;
  const secret = new Uint8Array(32).fill(2) as LibrarySecret;
  const [library, epoch, device] = ["3", "4", "5"].map((digit) => digit.repeat(64));
  const photo = "6".repeat(32) as PhotoId;
  const plaintext = utf8("a thumbnail");
  const hash = plainHash(plaintext);
  const blob = { kind: "thumbnail", photo, hash };
  const [place, previous] = [device as DeviceId, "7".repeat(64) as RecordHash];
  return {
    epochKey: bytesToHex(epochKey),
    epochCommitment: bytesToHex(epochCommitment(epochKey)),
    secret: bytesToHex(secret),
    secretCommitment: bytesToHex(secretCommitment(secret)),
    library: library ?? null,
    epoch: epoch ?? null,
    device: device ?? null,
    recordKey: bytesToHex(recordKey(epochKey, library as LibraryId, epoch as EpochId, place)),
    recordKeyOfCreate: bytesToHex(recordKey(epochKey, null, null, place)),
    file: bytesToHex(utf8("a photo")),
    photoId: photoId(secret, utf8("a photo")),
    blob: { kind: blob.kind, photo, plaintext: bytesToHex(plaintext) },
    blobKey: bytesToHex(blobKey(secret, null, blob)),
    blobKeyWithEpoch: bytesToHex(blobKey(secret, epochKey, blob)),
    actorPrefix: actorPrefix(place),
    fact: { index: 5, previous, cbor: "8201" },
    factId: factId(place, previous, 5, Uint8Array.of(0x82, 0x01)),
    factIdInFirstRecord: factId(place, null, 0, Uint8Array.of(0x82, 0x01)),
  };
}

function boxes(): Json {
  const random = seededRandom(seed + 1);
  const sealingSeed = random(32);
  const recipient = seedsToMemberKeys(random(32), sealingSeed);
  const [library, epoch] = ["8".repeat(64) as LibraryId, "9".repeat(64) as EpochId];
  const key = random(32);
  const contexts = [
    { purpose: "epoch", library: null, ids: [] },
    { purpose: "epoch", library, ids: [epoch] },
    { purpose: "secret", library, ids: [] },
    { purpose: "seal", library, ids: [epoch] },
    { purpose: "seal", library, ids: [] },
  ] as const;
  return {
    sealingSeed: bytesToHex(sealingSeed),
    device: recipient.device,
    key: bytesToHex(key),
    sealed: contexts.map(({ purpose, library: named, ids }) => {
      const box = sealKeyBox(key, recipient, { purpose, library: named, ids }, random);
      return { purpose, library: named, ids: [...ids], box: bytesToHex(box) };
    }),
  };
}
