/** Law 14: no (key, nonce) meets two plaintexts, over whole runs with crashes, copies and restored stores; nor do those of blobs. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rotateEpoch } from "@albumen/core/membership/author.ts";
import { blobChunkBytes, sealBlob } from "@albumen/core/crypto/blob.ts";
import { plainHash } from "@albumen/core/crypto/hash.ts";
import { blobKey, createEpochKey, createLibrarySecret } from "@albumen/core/crypto/keys.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { epochOfStatement } from "@albumen/core/roster/statement.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { parseRecord, type RecordParts } from "@albumen/core/wire/record.ts";
import { createCrashingWorld, type CrashingDevice, type CrashingWorld } from "../arbitraries/crashing-device.ts";
import { intentOf } from "../arbitraries/sealed-log.ts";

interface Step {
  readonly kind: "write" | "rotate" | "crash" | "copy" | "fail" | "exchange" | "admit";
  readonly device: number;
  readonly other: number;
  /** Transactions that are lost. */
  readonly lost: number;
}

const step = fc.record<Step>({
  kind: fc.constantFrom<Step["kind"][]>(
    "write",
    "write",
    "write",
    "write",
    "rotate",
    "crash",
    "copy",
    "fail",
    "exchange",
    "admit",
  ),
  device: fc.nat({ max: 119 }),
  other: fc.nat({ max: 119 }),
  lost: fc.nat({ max: 3 }),
});

async function take(world: CrashingWorld, devices: CrashingDevice[], { kind, device, other, lost }: Step): Promise<void> {
  const one = devices[device % devices.length] as CrashingDevice;
  switch (kind) {
    case "write": {
      await one.log().exclusive(() => one.log().writeEvents([intentOf(`Person ${world.sealed.length}`)]));
      return;
    }
    case "rotate": {
      await one.log().exclusive(() => one.log().writeMembership(rotateEpoch));
      return;
    }
    case "crash":
      return one.crash(lost);
    case "copy":
      if (devices.length < 6) devices.push(await one.copy(lost));
      return;
    case "fail":
      one.failOnce();
      return;
    case "exchange": {
      const records = await (devices[other % devices.length] as CrashingDevice).records();
      await one.log().exclusive(() => one.log().accept(records, []));
      return;
    }
    case "admit": {
      const admitted = devices.length < 6 ? await world.admit(one) : null;
      if (admitted !== null) devices.push(admitted);
    }
  }
}

/** Each record once, taken apart. */
function distinct(sealed: readonly Uint8Array[]): readonly RecordParts[] {
  const records = new Map(sealed.map((record) => [recordHash(record), record]));
  return [...records.values()].flatMap((record) => {
    const parts = parseRecord(record);
    return parts.ok ? [parts.value] : [];
  });
}

test("no record has the nonce of another, whichever crashes, copies and restored stores it comes from", async () => {
  const seen = { records: 0, forks: 0 };
  const plan = fc.tuple(fc.nat({ max: 9999 }), fc.array(step, { minLength: 20, maxLength: 60, size: "max" }));
  await fc.assert(
    fc.asyncProperty(plan, async ([seed, steps]) => {
      const world = await createCrashingWorld(seed);
      const devices = [world.founder];
      for (const one of steps) await take(world, devices, one);
      const records = distinct(world.sealed);
      const nonces = records.map(({ header }) => bytesToHex(header.nonce));
      expect(new Set(nonces).size).toBe(records.length);
      // Nor do two epochs have one key, under which two devices' records would meet again.
      const commitments = records.flatMap(({ publicPart }) => {
        const statement = publicPart === null ? null : parseStatement(publicPart);
        const epoch = statement === null ? null : epochOfStatement(statement);
        return epoch === null ? [] : [bytesToHex(epoch.commitment)];
      });
      expect(new Set(commitments).size).toBe(commitments.length);
      const places = records.map(({ header: { device, sequence } }) => `${device} ${sequence}`);
      seen.records += records.length;
      seen.forks += places.length - new Set(places).size;
    }),
    { seed: 14, numRuns: 15 },
  );
  // Chains did go back and on again, which is where a counter would have repeated itself.
  expect(seen.forks).toBeGreaterThan(20);
  expect(seen.records).toBeGreaterThan(200);
});

describe("blobs", () => {
  test("under one key and nonce stands one plaintext, whatever is sealed, how often, and for which photo", () => {
    const secret = createLibrarySecret(seededRandom(1));
    const epochKeys = [null, createEpochKey(seededRandom(2)), createEpochKey(seededRandom(3))];
    const blob = fc.record({
      kind: fc.constantFrom("a", "ab", "thumbnail", "index"),
      photo: fc.constantFrom("61", "62"),
      epoch: fc.nat({ max: 2 }),
      // Contents that begin alike, about the length of one chunk and of two.
      length: fc.oneof(
        fc.nat({ max: 3 }),
        ...[1, 2].map((chunks) => fc.integer({ min: chunks * blobChunkBytes - 10, max: chunks * blobChunkBytes })),
      ),
      first: fc.nat({ max: 1 }),
    });
    const chunkByPlace = new Map<string, string>();
    let repeated = 0;
    fc.assert(
      fc.property(fc.array(blob, { minLength: 1, maxLength: 6 }), (blobs) => {
        for (const { kind, photo, epoch, length, first } of blobs) {
          const content = new Uint8Array(length).fill(first, 0, 1);
          const place = { kind, photo: photo.repeat(16) as PhotoId, hash: plainHash(content) };
          const key = blobKey(secret, epochKeys[epoch] ?? null, place);
          const sealed = sealBlob(content, key);
          const size = blobChunkBytes + 16;
          for (let at = 0; at < sealed.length; at += size) {
            const nonce = `${bytesToHex(key)} ${at / size} ${at + size >= sealed.length}`;
            const chunk = bytesToHex(plainHash(sealed.subarray(at, at + size)));
            if (chunkByPlace.has(nonce)) repeated++;
            expect(chunkByPlace.get(nonce) ?? chunk).toBe(chunk);
            chunkByPlace.set(nonce, chunk);
          }
        }
      }),
      { seed: 141, numRuns: 100 },
    );
    expect(repeated).toBeGreaterThan(20);
  });
});
