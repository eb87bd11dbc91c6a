/** The member's side of a pairing; see `core/membership/pairing.ts` for the steps. */
import { addMember } from "@albumen/core/membership/author.ts";
import {
  offerToCbor,
  pairingCodeToText,
  pairingCommitment,
  pairingStringBytes,
  parseReveal,
  type PairingOffer,
  type PairingReveal,
} from "@albumen/core/membership/pairing.ts";
import { pairingStringToText } from "@albumen/core/membership/pairing-string.ts";
import { verifyStatement } from "@albumen/core/membership/membership.ts";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { equalBytes } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import type { PairingDialogue, SyncError } from "./api.ts";
import type { EncryptedLog } from "./log.ts";
import { openPairingTalk, type PairingTalk } from "./pairing-talk.ts";

/** What an invitation ends with. */
export interface Invited {
  readonly device: DeviceId;
  readonly string: string;
}

/** Shows a code, agrees with whoever has it, and adds that device once both persons confirmed. `push` sends the outbox. */
export async function inviteDevice(
  log: EncryptedLog,
  dialogue: PairingDialogue,
  push: () => Promise<Result<unknown, SyncError>>,
): Promise<Result<Invited, SyncError>> {
  const pushed = await push();
  if (!pushed.ok) return pushed;
  const code = { secret: log.parts.random(16), relay: log.identity.relay };
  dialogue.code?.(pairingCodeToText(code));
  const talk = openPairingTalk(log.parts, code, dialogue.signal ?? new AbortController().signal);
  const invited = await agree(log, dialogue, talk, push);
  if (!invited.ok && invited.error.kind !== "unreachable") await talk.send("abort", null);
  return invited;
}

async function agree(
  log: EncryptedLog,
  dialogue: PairingDialogue,
  talk: PairingTalk,
  push: () => Promise<Result<unknown, SyncError>>,
): Promise<Result<Invited, SyncError>> {
  const membership = log.membership();
  const offer: PairingOffer = {
    library: log.identity.library,
    member: log.keys.device,
    nonce: log.parts.random(16),
    parents: membership.heads,
  };
  const revealed = await exchange(talk, offer);
  if (!revealed.ok) return revealed;
  const reveal = revealed.value;
  const string = pairingStringToText(pairingStringBytes(offer, reveal));
  if (!(await dialogue.confirm(string, reveal.name)))
    return err({ kind: "aborted", reason: "the two screens did not show the same" });
  const countersignature = await talk.wait("confirm");
  if (!countersignature.ok) return countersignature;
  const added = { device: reveal.device, seal: reveal.seal, words: false, parents: offer.parents };
  const message = addMessage(offer.library, offer.member, added);
  if (
    !(countersignature.value instanceof Uint8Array) ||
    !verifyStatement("add", message, countersignature.value, reveal.device)
  ) {
    return err({ kind: "damaged", reason: "the new device's signature does not hold: start the pairing again" });
  }
  const admitted = await admit(log, { ...added, name: reveal.name, countersignature: countersignature.value });
  if (!admitted.ok) return admitted;
  const delivered = await push();
  if (!delivered.ok) return delivered;
  const done = await talk.send("done", true);
  return done.ok ? ok({ device: reveal.device, string }) : done;
}

async function exchange(talk: PairingTalk, offer: PairingOffer): Promise<Result<PairingReveal, SyncError>> {
  const commitment = await talk.wait("commit");
  if (!commitment.ok) return commitment;
  const offered = await talk.send("offer", offerToCbor(offer));
  if (!offered.ok) return offered;
  const revealed = await talk.wait("reveal");
  if (!revealed.ok) return revealed;
  const reveal = parseReveal(revealed.value);
  const kept =
    commitment.value instanceof Uint8Array && reveal !== null && equalBytes(commitment.value, pairingCommitment(reveal));
  return kept
    ? ok(reveal)
    : err({ kind: "damaged", reason: "the new device did not keep to what it committed to: somebody may be in between" });
}

function admit(log: EncryptedLog, added: Parameters<typeof addMember>[2]): Promise<Result<null, SyncError>> {
  return log.exclusive(async () => {
    const written = await log.writeMembership((authoring, membership) => addMember(authoring, membership, added));
    if (!written.ok) return err({ kind: "refused", reason: written.error.reason });
    if (written.value !== null) return ok(null);
    return err({ kind: "refused", reason: "this device does not hold the library's secret yet: sync first" });
  });
}
