/** The member's side of a pairing as a pure machine; the steps and the rules stand in `pairing.ts`. */
import { equalBytes } from "../primitives/bytes.ts";
import { addMessage } from "../roster/statement-messages.ts";
import { verifyStatement } from "./membership.ts";
import {
  alarm,
  breakOff,
  messageKey,
  pairingCommitment,
  pairingStringOf,
  type IsKnownDevice,
  type PairingEvent,
  type PairingSide,
  type PairingTurn,
} from "./pairing.ts";
import type { PairingMessage, PairingOffer, PairingReveal } from "./pairing-message.ts";

/** inviting → offered → comparing → admitting → ended; an end is possible everywhere, from `admitting` by its outcome alone. */
export interface MemberState {
  readonly phase: "inviting" | "offered" | "comparing" | "admitting" | "ended";
  readonly commitment: Uint8Array | null;
  readonly reveal: PairingReveal | null;
  /** Whether its person said that both screens show the same. */
  readonly answered: boolean;
  /** The joiner's, verified. */
  readonly countersignature: Uint8Array | null;
  /** Messages that were sent or heard. */
  readonly known: readonly string[];
}

type Turn = PairingTurn<MemberState>;

/** The side of the member that `offer` names. */
export function createMember(offer: PairingOffer, isKnown: IsKnownDevice): PairingSide<MemberState> {
  const start = {
    phase: "inviting",
    commitment: null,
    reveal: null,
    answered: false,
    countersignature: null,
    known: [],
  } as const;
  return {
    first: stay(start),
    next: (state, event) => {
      if (state.phase === "ended") return stay(state);
      if (state.phase === "admitting") return finish(state, event);
      switch (event.kind) {
        case "heard": {
          const key = messageKey(event.message);
          if (state.known.includes(key)) return stay(state);
          return hear({ ...state, known: [...state.known, key] }, event.message, offer, isKnown);
        }
        case "answered":
          if (state.phase !== "comparing") return stay(state);
          return event.same ? admitIfBoth({ ...state, answered: true }, offer) : end(state, breakOff("differs", "differs"));
        case "admitted":
        case "not-admitted":
          return stay(state);
        case "broke":
          return end(state, breakOff(event.reason, event.reason));
      }
    },
  };
}

function finish(state: MemberState, event: PairingEvent): Turn {
  if (event.kind === "not-admitted") return end(state, breakOff("failed", "failed"));
  if (event.kind !== "admitted") return stay(state);
  return end(state, [
    { kind: "post", message: { step: "done" } },
    { kind: "end", ending: "paired" },
  ]);
}

function hear(state: MemberState, message: PairingMessage, offer: PairingOffer, isKnown: IsKnownDevice): Turn {
  const { phase } = state;
  if (message.step === "abort") return end(state, [{ kind: "end", ending: `${message.reason}-there` }]);
  if (phase === "inviting" && message.step === "commit") {
    const offered = { step: "offer", offer } as const;
    const known = [...state.known, messageKey(offered)];
    return {
      state: { ...state, phase: "offered", commitment: message.commitment, known },
      acts: [{ kind: "post", message: offered }],
    };
  }
  if (phase === "offered" && message.step === "reveal") return hearReveal(state, message.reveal, offer, isKnown);
  if (phase === "comparing" && message.step === "confirm" && state.countersignature === null)
    return hearConfirm(state, message.countersignature, offer);
  return end(state, alarm(message));
}

function hearReveal(state: MemberState, reveal: PairingReveal, offer: PairingOffer, isKnown: IsKnownDevice): Turn {
  const { commitment } = state;
  if (commitment === null || !equalBytes(commitment, pairingCommitment(reveal)))
    return end(state, breakOff("alarm", "broken-commitment"));
  if (isKnown(reveal.device)) return end(state, breakOff("failed", "known-device"));
  const ask = { kind: "ask", string: pairingStringOf(offer, reveal), other: reveal.name } as const;
  return { state: { ...state, phase: "comparing", reveal }, acts: [ask] };
}

function hearConfirm(state: MemberState, countersignature: Uint8Array, offer: PairingOffer): Turn {
  const { reveal } = state;
  if (reveal === null) return end(state, breakOff("alarm", "not-understood"));
  const message = addMessage(offer.library, offer.member, { ...reveal, words: false, parents: offer.parents });
  if (!verifyStatement("add", message, countersignature, reveal.device)) return end(state, breakOff("alarm", "bad-signature"));
  return admitIfBoth({ ...state, countersignature }, offer);
}

function admitIfBoth(state: MemberState, { parents }: PairingOffer): Turn {
  const { answered, countersignature, reveal } = state;
  if (!answered || countersignature === null || reveal === null) return stay(state);
  const { device, seal, name } = reveal;
  const added = { device, seal, name, words: false, parents, countersignature };
  return { state: { ...state, phase: "admitting" }, acts: [{ kind: "admit", device: added }] };
}

function stay(state: MemberState): Turn {
  return { state, acts: [] };
}

function end(state: MemberState, acts: Turn["acts"]): Turn {
  return { state: { ...state, phase: "ended" }, acts };
}
