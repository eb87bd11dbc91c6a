/** Records that fail before they are opened, or when they are: made from good ones by one change each, and signed again where that is the point. */
import { sign } from "@albumen/core/crypto/sign.ts";
import type { SignatureLabel } from "@albumen/core/crypto/verify.ts";
import { concatBytes, u32ToBytes, u64ToBytes } from "@albumen/core/primitives/bytes.ts";
import { recordLimits } from "@albumen/core/wire/record.ts";
import type { VectorMember } from "./scribe.ts";
import type { SmallLibrary } from "./small-library.ts";

/** A record that somebody must refuse, and why. */
export interface InvalidRecord {
  readonly name: string;
  readonly record: Uint8Array;
}

/** Offsets of the fields of a header. */
const at = {
  version: 0,
  kind: 1,
  library: 2,
  epoch: 34,
  device: 66,
  sequence: 98,
  previous: 106,
  nonce: 138,
  body: 162,
} as const;

/** Every way to break an envelope. */
export function invalidEnvelopes(library: SmallLibrary): readonly InvalidRecord[] {
  return [...malformed(library), ...unsigned(library), ...signedAgain(library)];
}

function malformed(library: SmallLibrary): readonly InvalidRecord[] {
  const { content, membership } = samples(library);
  const { body } = at;
  return [
    { name: "nothing at all", record: new Uint8Array(0) },
    { name: "a record that is one byte too short to be any", record: content.subarray(0, body + recordLimits.tag + 63) },
    { name: "version 0", record: patched(content, at.version, [0]) },
    { name: "version 2", record: patched(content, at.version, [2]) },
    { name: "kind 0", record: patched(content, at.kind, [0]) },
    { name: "kind 3", record: patched(content, at.kind, [3]) },
    { name: "sequence 0", record: patched(content, at.sequence, u64ToBytes(0)) },
    { name: "a sequence beyond 2^53", record: patched(content, at.sequence, [0, 32, 0, 0, 0, 0, 0, 0]) },
    { name: "sequence 1 with a previous hash", record: patched(content, at.sequence, u64ToBytes(1)) },
    { name: "a later sequence without a previous hash", record: patched(content, at.previous, new Uint8Array(32)) },
    { name: "a public part that goes beyond the end", record: patched(membership, body, u32ToBytes(membership.length)) },
    { name: "a public part of more than 256 KiB", record: patched(membership, body, u32ToBytes(262_145)) },
  ];
}

function unsigned(library: SmallLibrary): readonly InvalidRecord[] {
  const { content, membership } = samples(library);
  const end = content.length;
  const flips: readonly (readonly [string, number])[] = [
    ["the epoch", at.epoch],
    ["the device", at.device],
    ["the sequence", at.sequence + 7],
    ["the previous hash", at.previous],
    ["the nonce", at.nonce],
    ["the ciphertext", at.body],
    ["the tag", end - 65],
    ["the signature's first half", end - 64],
    ["the signature's second half", end - 32],
  ];
  const { founder, phone } = library;
  const signed = content.subarray(0, -64);
  const by = (label: SignatureLabel, member: VectorMember): Uint8Array =>
    concatBytes(signed, sign(label, signed, member.keys.signing));
  return [
    ...flips.map(([name, offset]) => ({ name: `a flipped bit in ${name}`, record: flipped(content, offset) })),
    { name: "a flipped bit in the public part", record: flipped(membership, at.body + 20) },
    { name: "a byte more at the end", record: concatBytes(content, new Uint8Array(1)) },
    { name: "another device's signature", record: by("albumen record 1", phone) },
    { name: "its own device's signature for another purpose", record: by("albumen challenge 1", founder) },
    { name: "a flipped bit in the library", record: flipped(content, at.library) },
    { name: "no library, which only the `create` has", record: patched(content, at.library, new Uint8Array(32)) },
  ];
}

function signedAgain(library: SmallLibrary): readonly InvalidRecord[] {
  const { scribe, founder } = library;
  const { content, other } = samples(library);
  const again = (record: Uint8Array): Uint8Array => signAgain(record, founder);
  const epochs = scribe.membership(founder).epochs.map(({ id }) => id);
  const own = content.subarray(at.epoch, at.epoch + 32);
  const another = scribe.log.find(({ hash }) => epochs.includes(hash as string as never) && !equal(bytesOf(hash), own));
  return [
    { name: "another library, signed", record: again(patched(content, at.library, bytesOf("7".repeat(64)))) },
    { name: "another epoch, signed", record: again(patched(content, at.epoch, bytesOf(another?.hash ?? ""))) },
    { name: "an epoch that nobody founded, signed", record: again(patched(content, at.epoch, bytesOf("7".repeat(64)))) },
    { name: "another place in the chain, signed", record: again(patched(content, at.sequence + 7, [99])) },
    { name: "another nonce, signed", record: again(flipped(content, at.nonce)) },
    { name: "another tag, signed", record: again(flipped(content, content.length - 65)) },
    {
      name: "the ciphertext of another of its records, signed",
      record: again(concatBytes(content.subarray(0, at.body), other.subarray(at.body))),
    },
    {
      name: "its content as another device's, signed by that",
      record: signAgain(patched(content, at.device, bytesOf(library.phone.keys.device)), library.phone),
    },
  ];
}

/** A content record and a membership record of the founder, and another content record of it. */
function samples({ scribe, founder }: SmallLibrary): {
  readonly content: Uint8Array;
  readonly other: Uint8Array;
  readonly membership: Uint8Array;
} {
  const own = scribe.log.filter(({ author }) => author === founder).map(({ bytes }) => bytes);
  const contents = own.filter((bytes) => bytes[1] === 2);
  const [content, other, membership] = [contents[1], contents[2], own.findLast((bytes) => bytes[1] === 1)];
  if (content === undefined || other === undefined || membership === undefined) throw new Error("the founder has written");
  return { content, other, membership };
}

/** `record` with its bytes signed anew by `member`. */
export function signAgain(record: Uint8Array, member: VectorMember): Uint8Array {
  const signed = record.subarray(0, -64);
  return concatBytes(signed, sign("albumen record 1", signed, member.keys.signing));
}

function patched(bytes: Uint8Array, offset: number, by: ArrayLike<number>): Uint8Array {
  const copy = bytes.slice();
  copy.set(by, offset);
  return copy;
}

function flipped(bytes: Uint8Array, offset: number): Uint8Array {
  return patched(bytes, offset, [(bytes[offset] ?? 0) ^ 1]);
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
