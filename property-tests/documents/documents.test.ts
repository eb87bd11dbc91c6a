import "../arbitraries/automerge.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { createMemberKeys } from "@albumen/core/crypto/keys.ts";
import { factId } from "@albumen/core/facts/fact-id.ts";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import { bytesToHex, hexToBytes } from "@albumen/core/primitives/bytes.ts";
import { encodeCbor, type CborValue } from "@albumen/core/primitives/cbor.ts";
import type { RecordHeader } from "@albumen/core/wire/record.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { actorPrefix, authorChange, createActorCopy, genesis, type ActorCopy } from "@albumen/core/documents/author.ts";
import { guardChange } from "@albumen/core/documents/change-guard.ts";
import { factsAndFreeDocuments } from "@albumen/core/documents/change-policy.ts";
import { encodeContent, verifyContent, type DocumentChange } from "@albumen/core/documents/content.ts";
import { documentEntries, rebuildDocument } from "@albumen/core/documents/rebuild.ts";
import { verifyChange } from "@albumen/core/documents/verify-change.ts";
import { craftChange } from "../arbitraries/crafted-changes.ts";

const random = seededRandom(31);
const { device } = createMemberKeys(random);
const prefix = actorPrefix(device);
const actor = prefix + bytesToHex(random(8));
const header: RecordHeader = {
  kind: "content",
  library: null,
  epoch: null,
  device,
  sequence: 1,
  previous: null,
  nonce: random(24),
};
const hash = "7".repeat(64) as RecordHash;

function changeOf(...values: readonly Uint8Array[]): Uint8Array {
  const entries = values.map((value, index) => ({ key: factId(device, null, index, value), value }));
  return authorChange(createActorCopy(actor), entries).change;
}
function verify(content: Uint8Array, at: RecordHeader, record: RecordHash): ReturnType<typeof verifyContent> {
  return verifyContent(content, at, record, factsAndFreeDocuments);
}
function contentOf(change: Uint8Array): Uint8Array {
  return encodeContent([{ what: "name", at: 5, height: 1, body: { kind: "facts", change } }], []);
}

test("the committed genesis is what Automerge writes for it", () => {
  const doc = Automerge.change(Automerge.init<Record<string, number>>({ actor: "00".repeat(16) }), { time: 0 }, (root) => {
    root["albumen"] = 1;
  });
  expect(Automerge.getLastLocalChange(doc)).toEqual(genesis);
});

test("an authored change verifies and gives its facts back in order", () => {
  const values = [new Uint8Array([1, 2]), new Uint8Array([3]), new Uint8Array(300)];
  const verified = verify(contentOf(changeOf(...values)), header, hash);
  expect(verified.ok && verified.value.record.events[0]?.facts.map((fact) => fact.bytes)).toEqual(values);
});

test("a fact under an id that is not its own is refused: also one moved from another place of the log", () => {
  const change = changeOf(new Uint8Array([1]));
  expect(verify(contentOf(change), header, hash).ok).toBe(true);
  const moved = { ...header, sequence: 2, previous: hash };
  expect(verify(contentOf(change), moved, hash)).toMatchObject({ ok: false, error: { kind: "quarantined" } });
});

test("content of a newer version waits for newer software instead of being refused", () => {
  const newer = hexToBytes("8102") ?? new Uint8Array(0);
  expect(verify(newer, header, hash)).toMatchObject({ ok: false, error: { kind: "newer" } });
});

test("an event of an unknown kind makes its record wait for newer software, a malformed one has it refused", () => {
  const withBody = (body: CborValue): Uint8Array => encodeCbor([1, [["name", 5, 1, body]], []]);
  expect(verify(withBody([3, "whatever"]), header, hash)).toMatchObject({ ok: false, error: { kind: "newer" } });
  const malformed: readonly CborValue[] = [[], [0], [0, "text"], [2, new Uint8Array(15), [new Uint8Array(1)]], [-1], null, [2]];
  for (const body of malformed) {
    expect(verify(withBody(body), header, hash)).toMatchObject({ ok: false, error: { kind: "quarantined" } });
  }
});

test("changes by another device's actor, on other dependencies, or of other operations are refused", () => {
  const stranger = authorChange(createActorCopy("ee".repeat(24)), [{ key: "k", value: new Uint8Array(1) }]).change;
  const base = (): ActorCopy => createActorCopy(actor);
  const lastOf = (doc: ActorCopy): Uint8Array => Automerge.getLastLocalChange(doc) ?? new Uint8Array(0);
  const bare = lastOf(
    Automerge.change(Automerge.init<Record<string, Uint8Array>>({ actor }), { time: 0 }, (root) => {
      root["k"] = new Uint8Array(1);
    }),
  );
  const overwriting = lastOf(
    Automerge.change(base(), { time: 0 }, (root) => {
      root["albumen"] = new Uint8Array(1);
    }),
  );
  const dated = lastOf(
    Automerge.change(base(), { time: 9 }, (root) => {
      root["k"] = new Uint8Array(1);
    }),
  );
  const text = lastOf(
    Automerge.change(base(), { time: 0 }, (root) => {
      (root as Record<string, unknown>)["k"] = "text";
    }),
  );
  const deleting = lastOf(
    Automerge.change(base(), { time: 0 }, (root) => {
      delete root["albumen"];
    }),
  );
  for (const change of [stranger, bare, overwriting, dated, text, deleting]) expect(verifyChange(change, prefix).ok).toBe(false);
  expect(verifyChange(changeOf(new Uint8Array(1)), prefix).ok).toBe(true);
});

test("a flip of any bit of a change is refused, and nothing throws", () => {
  const change = changeOf(new Uint8Array([1, 2, 3]), new Uint8Array([4]));
  for (let at = 0; at < change.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = change.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      expect(verify(contentOf(flipped), header, hash).ok, `byte ${at} bit ${bit}`).toBe(false);
    }
  }
});

test("a small change that claims a million operations is refused before Automerge sees it", () => {
  const action = (column: string): Uint8Array => craftChange([[0x42, column]]);
  expect(guardChange(action("c0843d01"), 20_000)).toMatchObject({
    ok: false,
    error: { reason: expect.stringContaining("operations") },
  });
  expect(guardChange(action("00c0843d"), 20_000).ok).toBe(false);
  expect(guardChange(craftChange([[0x34, "c0843d"]]), 20_000).ok).toBe(false);
  expect(guardChange(craftChange([[0x70, "01c0843d"]]), 20_000).ok).toBe(false);
  expect(guardChange(craftChange([[0x42, "0101"]]), 20_000).ok).toBe(true);
});

test("compressed chunks, unknown columns and columns that run on are refused", () => {
  const compressed = changeOf(new Uint8Array(1)).slice();
  compressed[8] = 2;
  expect(guardChange(compressed, 10).ok).toBe(false);
  expect(guardChange(craftChange([[0x4a, "0101"]]), 10).ok).toBe(false);
  expect(guardChange(craftChange([[0x42, "ff"]]), 10).ok).toBe(false);
  expect(guardChange(craftChange([[0x42, "01ffffffffffffffffff7f"]]), 10).ok).toBe(false);
});

test("random bytes never get through the guard, nor throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
      const bytes = new Uint8Array([0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1, tail.length & 127, ...tail.subarray(0, 127)]);
      guardChange(bytes, 100);
      expect(verifyChange(bytes, prefix).ok).toBe(false);
    }),
    { seed: 4, numRuns: 500 },
  );
});

test("the documents rebuilt from any order of changes have the same heads and hold the same facts", () => {
  const [other] = [actorPrefix(device) + "02".repeat(8)];
  const changes: DocumentChange[] = [];
  for (const writer of [actor, other]) {
    let copy = createActorCopy(writer);
    for (let at = 0; at < 5; at++) {
      const authored = authorChange(copy, [{ key: `${writer.slice(-2)}${at}`, value: new Uint8Array([at]) }]);
      copy = authored.copy;
      const verified = verifyChange(authored.change, prefix);
      if (!verified.ok) throw new Error(verified.error.reason);
      changes.push({ ...verified.value, document: 0, bytes: authored.change });
    }
  }
  const straight = rebuildDocument(changes);
  const shuffled = rebuildDocument([...changes].reverse());
  expect(documentEntries(straight)).toHaveLength(10);
  expect(documentEntries(shuffled)).toEqual(documentEntries(straight));
  expect([...Automerge.getHeads(shuffled)].sort()).toEqual([...Automerge.getHeads(straight)].sort());
  // A missing change holds back its own actor's later ones and nobody else's.
  expect(documentEntries(rebuildDocument(changes.filter((_, at) => at !== 1)))).toHaveLength(6);
});
