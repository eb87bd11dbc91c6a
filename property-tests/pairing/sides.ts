/** Both honest sides of a pairing as machines in the test's hands, without a network. */
import { createMemberKeys, type MemberKeys } from "@albumen/core/crypto/keys.ts";
import type { LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { createJoiner, type JoinerState } from "@albumen/core/membership/pairing-joiner.ts";
import { createMember, type MemberState } from "@albumen/core/membership/pairing-member.ts";
import type { PairingAct, PairingEnding, PairingEvent, PairingSide } from "@albumen/core/membership/pairing.ts";
import type { PairingMessage, PairingOffer } from "@albumen/core/membership/pairing-message.ts";
import { pairingStringToText } from "@albumen/core/membership/pairing-string.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";

/** A side with all it did. */
export interface RunningSide<State> {
  readonly hear: (message: PairingMessage) => readonly PairingMessage[];
  readonly answer: (same: boolean) => readonly PairingMessage[];
  /** Tells it that the admission stands. */
  readonly admitted: () => readonly PairingMessage[];
  /** What it posted first. */
  readonly first: readonly PairingMessage[];
  readonly state: () => State;
  /** What its screen shows; null where it did not come so far. */
  readonly shown: () => string | null;
  readonly ending: () => PairingEnding | null;
  /** Keys that it made members. */
  readonly admissions: () => readonly string[];
}

/** Both sides and who they are. */
export interface Sides {
  readonly joiner: RunningSide<JoinerState>;
  readonly member: RunningSide<MemberState>;
  readonly joinerKeys: MemberKeys;
  readonly offer: PairingOffer;
}

/** The keys of both, where many pairings are tried: the nonces alone make each another one. */
export type SideKeys = readonly [joiner: MemberKeys, member: MemberKeys];

/** Two honest devices that never met. */
export function createSides(
  random: Random,
  [joinerKeys, memberKeys]: SideKeys = [createMemberKeys(random), createMemberKeys(random)],
): Sides {
  const library = bytesToHex(random(32)) as LibraryId;
  const parents = [bytesToHex(random(32)) as RecordHash];
  const offer = { library, member: memberKeys.device, nonce: random(16), parents };
  const joiner = runSide(createJoiner(joinerKeys, random(16), "Phone"));
  return { joiner, member: runSide(createMember(offer, () => false)), joinerKeys, offer };
}

/** Runs a side; messages are handed on by whoever calls. */
export function runSide<State>(side: PairingSide<State>): RunningSide<State> {
  let { state } = side.first;
  const done: PairingAct[] = [...side.first.acts];
  const tell = (event: PairingEvent): readonly PairingMessage[] => {
    const turn = side.next(state, event);
    ({ state } = turn);
    done.push(...turn.acts);
    return posts(turn.acts);
  };
  return {
    first: posts(side.first.acts),
    hear: (message) => tell({ kind: "heard", message }),
    answer: (same) => tell({ kind: "answered", same }),
    admitted: () => tell({ kind: "admitted" }),
    state: () => state,
    shown: () => done.flatMap((act) => (act.kind === "ask" ? [pairingStringToText(act.string)] : []))[0] ?? null,
    ending: () => done.flatMap((act) => (act.kind === "end" ? [act.ending] : []))[0] ?? null,
    admissions: () => done.flatMap((act) => (act.kind === "admit" ? [act.device.device] : [])),
  };
}

function posts(acts: readonly PairingAct[]): readonly PairingMessage[] {
  return acts.flatMap((act) => (act.kind === "post" ? [act.message] : []));
}
