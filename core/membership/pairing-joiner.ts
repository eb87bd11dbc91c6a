/** The joiner's side of a pairing as a pure machine; the steps and the rules stand in `pairing.ts`. */
import type { MemberKeys } from "../crypto/keys.ts";
import { sign } from "../crypto/sign.ts";
import { addMessage } from "../roster/statement-messages.ts";
import {
  alarm,
  breakOff,
  messageKey,
  pairingCommitment,
  pairingStringOf,
  type PairingSide,
  type PairingTurn,
} from "./pairing.ts";
import type { PairingMessage, PairingOffer, PairingReveal } from "./pairing-message.ts";

/** committed → comparing → confirmed → ended; an end is possible everywhere. */
export interface JoinerState {
  readonly phase: "committed" | "comparing" | "confirmed" | "ended";
  readonly offer: PairingOffer | null;
  /** Messages that were sent or heard. */
  readonly known: readonly string[];
}

type Turn = PairingTurn<JoinerState>;

/** The side of the device that holds `keys`; `nonce` 16 random bytes, `name` as `isDeviceName` allows. */
export function createJoiner(keys: MemberKeys, nonce: Uint8Array, name: string): PairingSide<JoinerState> {
  const reveal: PairingReveal = { device: keys.device, seal: keys.seal, nonce, name };
  const start: JoinerState = { phase: "committed", offer: null, known: [] };
  return {
    first: post(start, { step: "commit", commitment: pairingCommitment(reveal) }),
    next: (state, event) => {
      if (state.phase === "ended") return stay(state);
      switch (event.kind) {
        case "heard":
          return state.known.includes(messageKey(event.message)) ? stay(state) : hear(state, event.message, reveal);
        case "answered":
          return state.phase === "comparing" ? answer(state, event.same, keys) : stay(state);
        case "admitted":
        case "not-admitted":
          return stay(state);
        case "broke":
          return end(state, breakOff(event.reason, event.reason));
      }
    },
  };
}

function hear(state: JoinerState, message: PairingMessage, reveal: PairingReveal): Turn {
  if (message.step === "abort") return end(state, [{ kind: "end", ending: `${message.reason}-there` }]);
  if (state.phase === "confirmed") return message.step === "done" ? end(state, [{ kind: "end", ending: "paired" }]) : stay(state);
  if (state.phase !== "committed" || message.step !== "offer") return end(state, alarm(message));
  const { offer } = message;
  const revealed = post({ ...state, phase: "comparing", offer }, { step: "reveal", reveal });
  const known = [...revealed.state.known, messageKey(message)];
  const ask = { kind: "ask", string: pairingStringOf(offer, reveal), other: null } as const;
  return { state: { ...revealed.state, known }, acts: [...revealed.acts, ask] };
}

function answer(state: JoinerState, same: boolean, keys: MemberKeys): Turn {
  const { offer } = state;
  if (!same || offer === null) return end(state, breakOff("differs", "differs"));
  const { device, seal } = keys;
  const message = addMessage(offer.library, offer.member, { device, seal, words: false, parents: offer.parents });
  const countersignature = sign("albumen countersign 1", message, keys.signing);
  return post({ ...state, phase: "confirmed" }, { step: "confirm", countersignature });
}

function post(state: JoinerState, message: PairingMessage): Turn {
  return { state: { ...state, known: [...state.known, messageKey(message)] }, acts: [{ kind: "post", message }] };
}

function stay(state: JoinerState): Turn {
  return { state, acts: [] };
}

function end(state: JoinerState, acts: Turn["acts"]): Turn {
  return { state: { ...state, phase: "ended" }, acts };
}
