/**
 * Pairing: how a new device (the joiner) and a member agree on each other before any key moves.
 *
 * The member shows a code (`pairing-code.ts`: relay and a 128-bit secret S). Both talk through a mailbox of the relay whose
 * name is derived from S, encrypted under a key derived from S (`pairing-message.ts`), so the relay can neither read nor make
 * a message; it can drop, repeat and reorder them. To hold even where the code leaked, people compare a short string
 * (`pairing-string.ts`), and a commitment keeps whoever is in between from choosing keys that show the same:
 *
 *   1 joiner → member   commit   H(joiner's keys ‖ nonce ‖ name)
 *   2 member → joiner   offer    library, member's key, nonce, parents
 *   3 joiner → member   reveal   joiner's keys, nonce, name: checked against the commitment
 *     both show         string   H(offer ‖ reveal)
 *   4 joiner → member   confirm  countersignature over (library, adder, key, role, parents): only after its person confirmed
 *   5 member → joiner   done     the `add` record stands: only after both persons confirmed
 *
 * Each side is a pure machine (`pairing-joiner.ts`, `pairing-member.ts`): (state, event) → (state, acts). The rules that both
 * keep:
 *
 * - A message that was sent or heard before, byte for byte, is an echo or a repetition and changes nothing.
 * - What else comes must be the one step that is next. A second, different message for a step means that a second device, or
 *   somebody who has the code, takes part: the side breaks off. So no message can take the place of another.
 * - The joiner, once it has countersigned, waits for `done` or `abort` alone; the member, once it admits, for
 *   the outcome of that alone: what was compared by then cannot be changed by anybody.
 * - A side that breaks off says so in the mailbox, unless the other did, so that no screen waits for nothing.
 *
 * Nothing secret of the library is in any message; the keys go into the `add` record, which is an act of the member's only
 * after its person answered and the joiner's countersignature held.
 */
import { labelledHash } from "../crypto/hash.ts";
import type { DeviceId } from "../ids/ids.ts";
import { bytesToHex } from "../primitives/bytes.ts";
import { encodeCbor } from "../primitives/cbor.ts";
import type { ConfirmedKey } from "./author.ts";
import {
  encodePairingMessage,
  type AbortReason,
  type PairingMessage,
  type PairingOffer,
  type PairingReveal,
} from "./pairing-message.ts";
import { pairingString, type PairingString } from "./pairing-string.ts";

/**
 * How a pairing ended. "…-there": the other side broke off and said why. "second-device": another message for a step that was
 * taken. "not-understood": a message that does not belong there, or of another version. "broken-commitment", "bad-signature":
 * the joiner did not keep to what it said. "known-device": its key is or was a member.
 */
export type PairingEnding =
  | "paired"
  | "second-device"
  | "not-understood"
  | "broken-commitment"
  | "bad-signature"
  | "known-device"
  | Exclude<AbortReason, "alarm">
  | `${AbortReason}-there`;

/** What happens to a side. */
export type PairingEvent =
  | { readonly kind: "heard"; readonly message: PairingMessage }
  /** Its person compared the screens. */
  | { readonly kind: "answered"; readonly same: boolean }
  /** The `add` record is durable and delivered. */
  | { readonly kind: "admitted" }
  /** There is no `add` record, or nobody can be told of it. */
  | { readonly kind: "not-admitted" }
  /** It ends here, whatever the other side does. */
  | { readonly kind: "broke"; readonly reason: "stopped" | "failed" };

/** What a side does next, in order. After "end" there is nothing. */
export type PairingAct =
  | { readonly kind: "post"; readonly message: PairingMessage }
  /** Shows the string to its person and asks whether both screens show it; `other` is the other device's name, where it is known. */
  | { readonly kind: "ask"; readonly string: PairingString; readonly other: string | null }
  | { readonly kind: "admit"; readonly device: ConfirmedKey & { readonly name: string } }
  | { readonly kind: "end"; readonly ending: PairingEnding };

/** A state and what is to be done on entering it. */
export interface PairingTurn<State> {
  readonly state: State;
  readonly acts: readonly PairingAct[];
}

/** One side. */
export interface PairingSide<State> {
  readonly first: PairingTurn<State>;
  readonly next: (state: State, event: PairingEvent) => PairingTurn<State>;
}

/** What the joiner sends first; 32 bytes. */
export function pairingCommitment(reveal: PairingReveal): Uint8Array {
  return labelledHash("albumen pairing commitment 1", encodePairingMessage({ step: "reveal", reveal }));
}

/** What both screens show: it differs wherever anything of the two messages differs. */
export function pairingStringOf(offer: PairingOffer, reveal: PairingReveal): PairingString {
  const both = [encodePairingMessage({ step: "offer", offer }), encodePairingMessage({ step: "reveal", reveal })];
  return pairingString(labelledHash("albumen pairing string 1", encodeCbor(both), 16));
}

/** Whether the member knows a key already, as a member or as one that was removed. */
export type IsKnownDevice = (device: DeviceId) => boolean;

/** A message as text: equal text, the same message. */
export function messageKey(message: PairingMessage): string {
  return bytesToHex(encodePairingMessage(message));
}

/** The end at an unexpected `message`, told to the other side. */
export function alarm(message: PairingMessage): readonly PairingAct[] {
  const isSecond = message.step !== "unknown" && message.step !== "done";
  return breakOff("alarm", isSecond ? "second-device" : "not-understood");
}

/** The end, told to the other side as `reason` and to one's own as `ending`. */
export function breakOff(reason: AbortReason, ending: PairingEnding): readonly PairingAct[] {
  return [
    { kind: "post", message: { step: "abort", reason } },
    { kind: "end", ending },
  ];
}
