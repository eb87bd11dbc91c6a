/** `pairing.json`: codes, the messages of one pairing, what both screens show, and what must not be taken. */
import { sealAead } from "@albumen/core/crypto/aead.ts";
import { keyedHash, labelledHash } from "@albumen/core/crypto/hash.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import { pairingCommitment, pairingStringOf } from "@albumen/core/membership/pairing.ts";
import { pairingCodeToText, pairingMailbox, parsePairingCode } from "@albumen/core/membership/pairing-code.ts";
import {
  encodePairingMessage,
  openPairingMessage,
  type PairingMessage,
  sealPairingMessage,
} from "@albumen/core/membership/pairing-message.ts";
import { bytesToHex, concatBytes, utf8 } from "@albumen/core/primitives/bytes.ts";
import { type CborValue, encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import type { SmallLibrary } from "./small-library.ts";
import type { Json } from "./vector-file.ts";

const seed = 12;
const relay = "https://relay.example";

/** The vectors: the founder of `library` pairs with the watch. */
export function createPairingVectors(library: SmallLibrary): Json {
  const random = seededRandom(seed);
  const secret = random(16);
  const { scribe, founder, watch } = library;
  const { device, seal, signing } = watch.keys;
  const offer = {
    library: scribe.library(),
    member: founder.keys.device,
    nonce: random(16),
    parents: scribe.membership(founder).heads,
  };
  const reveal = { device, seal, nonce: random(16), name: "Uhr ⌚" };
  const agreed = { device, seal, words: false, parents: offer.parents };
  const countersignature = sign("albumen countersign 1", addMessage(offer.library, offer.member, agreed), signing);
  const messages: readonly PairingMessage[] = [
    { step: "commit", commitment: pairingCommitment(reveal) },
    { step: "offer", offer },
    { step: "reveal", reveal },
    { step: "confirm", countersignature },
    { step: "done" },
    { step: "abort", reason: "differs" },
  ];
  const shown = pairingStringOf(offer, reveal);
  const both = [encodePairingMessage({ step: "offer", offer }), encodePairingMessage({ step: "reveal", reveal })];
  return {
    provenance: { seed, made: "core/membership/pairing.ts, pairing-code.ts, pairing-message.ts, pairing-string.ts" },
    codes: codes(secret),
    secret: bytesToHex(secret),
    mailbox: pairingMailbox(secret),
    key: bytesToHex(pairingKey(secret)),
    messages: messages.map((message) => {
      const sealed = sealPairingMessage(secret, message, random(24));
      return { step: message.step, body: bytesToHex(encodePairingMessage(message)), message: bytesToHex(sealed) };
    }),
    invalid: invalid(secret, messages, random),
    commitment: bytesToHex(pairingCommitment(reveal)),
    string: {
      bytes: bytesToHex(labelledHash("albumen pairing string 1", encodeCbor(both), 16)),
      emoji: shown.symbols.map(({ emoji }) => emoji),
      names: shown.symbols.map(({ name }) => name),
      digits: shown.digits,
    },
  };
}

function codes(secret: Uint8Array): Json {
  const text = pairingCodeToText({ secret, relay });
  const [letters = ""] = text.split("@");
  const other = letters.startsWith("0") ? "1" : "0";
  const variants = [
    text,
    ` ${letters.toLowerCase().replaceAll("-", " ")} @${relay}/`,
    `${letters.replaceAll("1", "I").replaceAll("0", "O")}@${relay}`,
  ];
  const wrong = [
    "",
    letters,
    `@${relay}`,
    `${other}${letters.slice(1)}@${relay}`,
    `${letters}@ftp://relay.example`,
    `${letters}A@${relay}`,
  ];
  for (const one of variants) if (parsePairingCode(one) === null) throw new Error(`"${one}" is a code`);
  for (const one of wrong) if (parsePairingCode(one) !== null) throw new Error(`"${one}" is no code`);
  return { secret: bytesToHex(secret), relay, text, variants, wrong };
}

/** Bytes that nobody with the secret made are no message; a body of another form is one of somebody who has it. */
function invalid(secret: Uint8Array, [commit]: readonly PairingMessage[], random: (length: number) => Uint8Array): Json {
  if (commit === undefined) throw new Error("there is a first message");
  const good = sealPairingMessage(secret, commit, random(24));
  const flipped = good.slice();
  flipped[30] = (flipped[30] ?? 0) ^ 1;
  const made = (body: CborValue, associated = "albumen pairing message 1"): Uint8Array => {
    const nonce = random(24);
    return concatBytes(nonce, sealAead(encodeCbor(body), utf8(associated), nonce, pairingKey(secret)));
  };
  const id = new Uint8Array(32);
  const cases: readonly (readonly [string, Uint8Array])[] = [
    ["nothing", new Uint8Array(0)],
    ["a flipped bit", flipped],
    ["a byte cut off", good.subarray(0, -1)],
    ["another associated data", made(["done"], "albumen pairing message 2")],
    ["another secret", sealPairingMessage(random(16), commit, random(24))],
    ["a commitment of 31 bytes", made(["commit", new Uint8Array(31)])],
    ["an offer without parents", made(["offer", id, id, new Uint8Array(16)])],
    ["an offer with 401 parents", made(["offer", id, id, new Uint8Array(16), Array.from({ length: 401 }, () => id)])],
    ["a reveal with a name that moves the cursor", made(["reveal", id, id, new Uint8Array(16), "\u001b[2J"])],
    ["a countersignature of 63 bytes", made(["confirm", new Uint8Array(63)])],
    ["done with something more", made(["done", 1])],
    ["an abort for no known reason", made(["abort", "bored"])],
    ["a step that is not known", made(["later"])],
  ];
  return cases.map(([name, message]) => ({
    name,
    opens: openPairingMessage(secret, message)?.step ?? null,
    message: bytesToHex(message),
  }));
}

function pairingKey(secret: Uint8Array): Uint8Array {
  return keyedHash("albumen pairing key 1", secret, new Uint8Array(0));
}
