/** The joiner's side of a pairing; see `core/membership/pairing.ts` for the steps. */
import { sign } from "@albumen/core/crypto/sign.ts";
import {
  pairingCommitment,
  pairingStringBytes,
  parseOffer,
  parsePairingCode,
  revealToCbor,
  type PairingReveal,
} from "@albumen/core/membership/pairing.ts";
import { pairingStringToText } from "@albumen/core/membership/pairing-string.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import type { PairingDialogue, SyncError } from "./api.ts";
import { identityKeys, type Identity } from "./identity.ts";
import type { LogParts } from "./parts.ts";
import { openPairingTalk, type PairingTalk } from "./pairing-talk.ts";

/** What joining ends with: an identity that a member has admitted. */
export interface Joined {
  readonly identity: Identity;
  readonly string: string;
}

/** Agrees with the device that shows `text`, and is admitted by it. Nothing is stored yet. */
export async function joinByCode(
  parts: LogParts,
  text: string,
  name: string,
  dialogue: PairingDialogue,
): Promise<Result<Joined, SyncError>> {
  const code = parsePairingCode(text);
  if (code === null) {
    const reason =
      "this is not a pairing code: it has seven groups of four characters, an @ and the relay's address; check for a typing error";
    return err({ kind: "wrong-code", reason });
  }
  const talk = openPairingTalk(parts, code, dialogue.signal ?? new AbortController().signal);
  const joined = await agree(parts, talk, { relay: code.relay, name }, dialogue);
  if (!joined.ok && joined.error.kind !== "unreachable") await talk.send("abort", null);
  return joined;
}

async function agree(
  parts: LogParts,
  talk: PairingTalk,
  { relay, name }: { readonly relay: string; readonly name: string },
  dialogue: PairingDialogue,
): Promise<Result<Joined, SyncError>> {
  const seeds = { signingSeed: parts.random(32), sealingSeed: parts.random(32) };
  const { device, seal, signing } = identityKeys(seeds);
  const reveal: PairingReveal = { device, seal, nonce: parts.random(16), name };
  const committed = await talk.send("commit", pairingCommitment(reveal));
  if (!committed.ok) return committed;
  const offered = await talk.wait("offer");
  if (!offered.ok) return offered;
  const offer = parseOffer(offered.value);
  if (offer === null) return err({ kind: "damaged", reason: "the other device's offer is damaged: start the pairing again" });
  const revealed = await talk.send("reveal", revealToCbor(reveal));
  if (!revealed.ok) return revealed;
  const string = pairingStringToText(pairingStringBytes(offer, reveal));
  if (!(await dialogue.confirm(string, "the other device"))) {
    return err({ kind: "aborted", reason: "the two screens did not show the same" });
  }
  const message = addMessage(offer.library, offer.member, { device, seal, words: false, parents: offer.parents });
  const confirmed = await talk.send("confirm", sign("albumen countersign 1", message, signing));
  if (!confirmed.ok) return confirmed;
  const done = await talk.wait("done");
  return done.ok ? ok({ identity: { library: offer.library, relay, name, ...seeds }, string }) : done;
}
