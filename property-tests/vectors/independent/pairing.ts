/** Pairing: codes, messages, what both screens show. */
import { same, toHex } from "./bytes.ts";
import { decode, encode, isList, type Value } from "./cbor.ts";
import { labelled, openAead } from "./crypto.ts";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const nothing = new Uint8Array(0);

/** Name of the mailbox, and the key of its messages. */
export function mailboxOf(secret: Uint8Array): { readonly name: string; readonly key: Uint8Array } {
  return {
    name: toHex(labelled("albumen pairing mailbox 1", nothing, 16, secret)),
    key: labelled("albumen pairing key 1", nothing, 32, secret),
  };
}

/** The secret and the relay of a code, or null. */
export function readCode(text: string): { readonly secret: Uint8Array; readonly relay: string } | null {
  const at = text.indexOf("@");
  const relay = text
    .slice(at + 1)
    .trim()
    .replace(/\/+$/, "");
  if (at < 0 || !/^https?:\/\/[^\s@?#/]+/.test(relay)) return null;
  const typed = text.slice(0, at).toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  const digits = [...typed].map((letter) => letters.indexOf(letter));
  if (digits.length !== 28 || digits.includes(-1)) return null;
  const bits = digits.map((digit) => digit.toString(2).padStart(5, "0")).join("");
  const secret = Uint8Array.from({ length: 16 }, (_, byte) => Number.parseInt(bits.slice(8 * byte, 8 * byte + 8), 2));
  const checksum = [...labelled("albumen pairing code 1", secret, 16).subarray(0, 2)]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  return bits.slice(128, 130) === "00" && bits.slice(130) === checksum.slice(0, 10) ? { secret, relay } : null;
}

/** The step of a message: null where nobody who has the secret made it, "unknown" where it is of no known form. */
export function readStep(message: Uint8Array, secret: Uint8Array): string | null {
  const associated = new TextEncoder().encode("albumen pairing message 1");
  const opened = openAead(message.subarray(24), associated, message.subarray(0, 24), mailboxOf(secret).key);
  if (opened === null) return null;
  const body = decode(opened);
  return isList(body) && isMessage(body) ? String(body[0]) : "unknown";
}

function isMessage(body: readonly Value[]): boolean {
  const [step, first, second, third, fourth] = body;
  switch (step) {
    case "commit":
      return body.length === 2 && isBytes(first, 32);
    case "confirm":
      return body.length === 2 && isBytes(first, 64);
    case "offer":
      return body.length === 5 && isBytes(first, 32) && isBytes(second, 32) && isBytes(third, 16) && isParents(fourth);
    case "reveal":
      return body.length === 5 && isBytes(first, 32) && isBytes(second, 32) && isBytes(third, 16) && isName(fourth);
    case "done":
      return body.length === 1;
    case "abort":
      return body.length === 2 && typeof first === "string" && ["differs", "stopped", "failed", "alarm"].includes(first);
    default:
      return false;
  }
}

function isBytes(value: Value | undefined, length: number): boolean {
  return value instanceof Uint8Array && value.length === length;
}

function isParents(value: Value | undefined): boolean {
  return isList(value) && value.length <= 400 && value.every((one) => isBytes(one, 32));
}

function isName(value: Value | undefined): boolean {
  return (
    typeof value === "string" && value.trim() !== "" && value.length <= 100 && !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(value)
  );
}

/** Whether `commitment` is what the joiner committed to before it said `reveal`. */
export function isKept(commitment: Uint8Array, reveal: Uint8Array): boolean {
  return same(commitment, labelled("albumen pairing commitment 1", reveal));
}

/** Places of six emoji in their table, and six digits, for the bodies of offer and reveal. */
export function shownString(
  offer: Uint8Array,
  reveal: Uint8Array,
): { readonly bytes: Uint8Array; readonly places: readonly number[]; readonly digits: string } {
  const bytes = labelled("albumen pairing string 1", encode([offer, reveal]), 16);
  const number = [...bytes.subarray(6, 12)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return {
    bytes,
    places: [...bytes.subarray(0, 6)].map((byte) => byte % 64),
    digits: String(number % 1_000_000n).padStart(6, "0"),
  };
}
