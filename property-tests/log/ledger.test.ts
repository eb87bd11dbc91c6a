import "../arbitraries/automerge.ts";
import { describe, expect, test } from "vitest";
import { createLedger, type Ledger } from "@albumen/client/log/ledger.ts";
import { createNonces } from "@albumen/core/crypto/aead.ts";
import { createMemberKeys, recordKey, createEpochKey, type MemberKeys } from "@albumen/core/crypto/keys.ts";
import { sealRecord } from "@albumen/core/crypto/record-seal.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { EpochId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { foundLibrary } from "@albumen/core/membership/author.ts";
import { createWords, wordsToKeys } from "@albumen/core/membership/words.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";

const random = seededRandom(41);
const nonces = createNonces(random);
const founder = createMemberKeys(random);
const other = createMemberKeys(random);
const words = wordsToKeys(createWords(random)) as MemberKeys;
const create = foundLibrary({ keys: founder, last: null, seen: [], at: 0, random, nonces }, words, "Laptop");
const library = recordHash(create) as string as LibraryId;

/** A record that claims `device` and is signed by `signer`; what it says does not open. */
function recordBy(
  signer: MemberKeys,
  device: MemberKeys,
  sequence: number,
  previous: RecordHash | null,
  of = library,
): Uint8Array {
  const epoch = library as string as EpochId;
  const header = { kind: "content", library: of, epoch, device: device.device, sequence, previous, nonce: nonces() } as const;
  const key = recordKey(createEpochKey(random), of, epoch, device.device);
  return sealRecord({ header, publicPart: null, plaintext: new Uint8Array(64) }, key, signer.signing);
}
function ledgerWith(...records: readonly Uint8Array[]): Ledger {
  const ledger = createLedger(library, founder);
  ledger.commit(ledger.stage([create, ...records]).accepted);
  return ledger;
}

describe("what a ledger takes as authentic", () => {
  const first = recordBy(other, other, 1, null);
  const forged = recordBy(other, founder, 2, library as string as RecordHash);
  // The attacker's own chain, honestly signed, names the forged record as its predecessor.
  const voucher = recordBy(other, other, 3, recordHash(forged));

  test("a record of a device's own, and one that a later record of the same device chains to", () => {
    const second = recordBy(other, other, 2, recordHash(first));
    const broken = first.slice();
    broken[broken.length - 1] = (broken[broken.length - 1] ?? 0) ^ 1;
    expect(ledgerWith().stage([first, second]).accepted).toHaveLength(2);
    expect(ledgerWith().stage([broken, second]).accepted).toHaveLength(1);
    // Its signature is damaged, but the chain names exactly these bytes.
    const chainedToBroken = recordBy(other, other, 2, recordHash(broken));
    expect(ledgerWith().stage([chainedToBroken, broken]).accepted).toHaveLength(2);
    expect(ledgerWith(chainedToBroken).stage([broken]).accepted).toHaveLength(1);
  });

  test("not a forged record for which another device's chain vouches, in one batch or later", () => {
    expect(
      ledgerWith()
        .stage([forged, voucher])
        .refused.map((view) => view.id),
    ).toEqual([recordHash(forged)]);
    expect(ledgerWith(voucher).stage([forged]).accepted).toEqual([]);
  });

  test("not a record of another library, nor rubbish", () => {
    const elsewhere = recordBy(other, other, 1, null, "99".repeat(32) as LibraryId);
    const staged = ledgerWith().stage([elsewhere, new Uint8Array(10), random(300)]);
    expect(staged.accepted).toEqual([]);
    expect(staged.refused).toHaveLength(3);
  });
});

test("a record that is refused changes nothing, one that cannot be opened waits, and both are named", () => {
  const waiting = recordBy(other, other, 1, null);
  const ledger = ledgerWith(waiting);
  expect(ledger.verified().map((record) => record.hash as string)).toEqual([library]);
  expect(ledger.apart().map((view) => view.id)).toContain(recordHash(waiting));
});
