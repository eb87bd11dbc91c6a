/** Content records of the founder, signed and encrypted as they must be, whose plaintext breaks one rule each. */
import { deflateSync } from "fflate";
import { packContent } from "@albumen/core/crypto/packing.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { actorPrefix, authorChange, createActorCopy } from "@albumen/core/documents/author.ts";
import { contentDictionary } from "@albumen/core/documents/content.ts";
import { encodeFact } from "@albumen/core/facts/fact-codec.ts";
import { factId } from "@albumen/core/facts/fact-id.ts";
import type { PersonId } from "@albumen/core/ids/ids.ts";
import { bytesToHex, concatBytes, u32ToBytes } from "@albumen/core/primitives/bytes.ts";
import { type CborValue, encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { padmeLength } from "@albumen/core/primitives/padme.ts";
import type { InvalidRecord } from "./invalid-envelopes.ts";
import type { SmallLibrary } from "./small-library.ts";

/** Every way to break a plaintext. */
export function invalidContents(library: SmallLibrary): readonly InvalidRecord[] {
  const { scribe, founder } = library;
  const sealed = ([name, plaintext]: readonly [string, Uint8Array]): InvalidRecord => ({
    name,
    record: scribe.seal(founder, plaintext),
  });
  const packed = ([name, content]: readonly [string, Uint8Array]): InvalidRecord =>
    sealed([name, packContent(content, contentDictionary)]);
  return [...packings().map(sealed), ...layouts().map(packed), ...changes(library).map(packed)];
}

function packings(): readonly (readonly [string, Uint8Array])[] {
  const deflated = deflateSync(encodeCbor([1, [], []]), { dictionary: contentDictionary });
  const noise = concatBytes(...Array.from({ length: 8 }, (_, at) => Uint8Array.of(at, 255 - at, 17 * at, 91)));
  const withPadding = deflateSync(concatBytes(noise, noise, noise, noise));
  const good = packContent(noise, contentDictionary);
  const dirty = good.slice();
  dirty[dirty.length - 1] = 1;
  const torn = deflated.subarray(0, deflated.length - 1);
  const padded = (parts: Uint8Array): Uint8Array => {
    const whole = new Uint8Array(padmeLength(parts.length));
    whole.set(parts);
    return whole;
  };
  return [
    ["padding that is not zeros", dirty],
    ["a byte of padding too many", concatBytes(good, new Uint8Array(1))],
    ["a length beyond the end", padded(concatBytes(u32ToBytes(withPadding.length + 40), withPadding))],
    ["three bytes", new Uint8Array(3)],
    ["DEFLATE that breaks off", padded(concatBytes(u32ToBytes(torn.length), torn))],
    ["bytes that are no DEFLATE", padded(concatBytes(u32ToBytes(4), Uint8Array.of(255, 255, 255, 255)))],
    ["eight megabytes and one byte of zeros", packContent(new Uint8Array(8_388_609), contentDictionary)],
  ];
}

function layouts(): readonly (readonly [string, Uint8Array])[] {
  const event = (...fields: readonly CborValue[]): Uint8Array => encodeCbor([1, [fields], []]);
  const body: CborValue = [1, Uint8Array.of(1)];
  const place = [new Uint8Array(32), 1, new Uint8Array(32)];
  return [
    ["no CBOR", Uint8Array.of(255)],
    ["an integer in two bytes where one is enough", Uint8Array.of(0x83, 0x18, 0x01, 0x80, 0x80)],
    ["a list without its length", Uint8Array.of(0x9f, 0x01, 0x80, 0x80, 0xff)],
    ["a fraction", Uint8Array.of(0x83, 0xf9, 0x3c, 0x00, 0x80, 0x80)],
    ["bytes after the value", concatBytes(encodeCbor([1, [], []]), Uint8Array.of(0))],
    ["a map", encodeCbor({ v: 1 })],
    ["version 0", encodeCbor([0, [], []])],
    ["no list of what was seen", encodeCbor([1, []])],
    ["a fourth part", encodeCbor([1, [], [], []])],
    ["a place without its hash", encodeCbor([1, [], [place.slice(0, 2)]])],
    ["a place at sequence 0", encodeCbor([1, [], [[new Uint8Array(32), 0, new Uint8Array(32)]]])],
    ["1,001 events", encodeCbor([1, Array.from({ length: 1001 }, () => ["x", 1, 1, body]), []])],
    ["an event without a body", event("x", 1, 1)],
    ["an event that is called something of 41 letters", event("x".repeat(41), 1, 1, body)],
    ["an event at height 0", event("x", 1, 0, body)],
    ["an event at no time", event("x", null, 1, body)],
    ["a body of a kind below 0", event("x", 1, 1, [-1, Uint8Array.of(1)])],
    ["a body with more than its kind has", event("x", 1, 1, [1, Uint8Array.of(1), 2])],
    ["a free document with an id of 15 bytes", event("x", 1, 1, [2, new Uint8Array(15), [Uint8Array.of(1)]])],
    ["a free document without changes", event("x", 1, 1, [2, new Uint8Array(16), []])],
    ["content of version 2", encodeCbor([2, "whatever"])],
    ["a body of a kind that is not known yet", event("x", 1, 1, [3, "whatever"])],
  ];
}

function changes({ founder, phone }: SmallLibrary): readonly (readonly [string, Uint8Array])[] {
  const { device } = founder.keys;
  const actor = `${actorPrefix(device)}${"0".repeat(16)}`;
  const value = encodeFact({ kind: "name", person: "a1".repeat(16) as PersonId, text: "Anna" });
  const key: string = factId(device, founder.last?.hash ?? null, 0, value);
  const put = (by: string, under: string): Uint8Array => authorChange(createActorCopy(by), [{ key: under, value }]).change;
  const made = (time: number, edit: (root: Record<string, unknown>) => unknown): Uint8Array => {
    const changed = Automerge.change(createActorCopy(actor), { time }, (root) => {
      edit(root);
    });
    return Automerge.getLastLocalChange(changed) ?? new Uint8Array(0);
  };
  const good = put(actor, key);
  const torn = good.slice();
  torn[4] = (torn[4] ?? 0) ^ 1;
  const compressed = good.slice();
  compressed[8] = 2;
  const content = (change: Uint8Array): Uint8Array => encodeCbor([1, [["x", 1, 1, [0, change]]], []]);
  const listed: readonly (readonly [string, Uint8Array])[] = [
    ["a change that is none", Uint8Array.of(1, 2, 3)],
    ["a change with another checksum", torn],
    ["a change in a compressed chunk", compressed],
    ["a change of another device's actor", put(`${actorPrefix(phone.keys.device)}${"0".repeat(16)}`, key)],
    ["a change of an actor of 25 bytes", put(`${actor}00`, key)],
    ["a fact under another fact's id", put(actor, bytesToHex(new Uint8Array(16)))],
    ["a change with a time", made(9, (root) => Object.assign(root, { [key]: value }))],
    ["a change that puts a text", made(0, (root) => Object.assign(root, { [key]: "text" }))],
    ["a change that deletes", made(0, (root) => Reflect.deleteProperty(root, "albumen"))],
    ["a change that overwrites", made(0, (root) => Object.assign(root, { albumen: value }))],
  ];
  return listed.map(([name, change]) => [name, content(change)]);
}
