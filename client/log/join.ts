/** The joiner's side of a pairing; see `core/membership/pairing.ts` for the steps. */
import { parsePairingCode, type PairingCode } from "@albumen/core/membership/pairing-code.ts";
import { createJoiner, type JoinerState } from "@albumen/core/membership/pairing-joiner.ts";
import { isDeviceName } from "@albumen/core/membership/device-name.ts";
import { pairingStringToText } from "@albumen/core/membership/pairing-string.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { PairingDialogue, SyncError } from "./api.ts";
import { identityKeys, type Identity } from "./identity.ts";
import { openPairingMail } from "./pairing-mail.ts";
import { converse, type PairingOutcome } from "./pairing-talk.ts";
import { pairingError, uncertainError } from "./pairing-words.ts";
import type { LogParts } from "./parts.ts";

/** What joining comes to: an identity that a member has admitted, or may have. */
export interface Joined {
  readonly identity: Identity;
  readonly string: string;
  /** Null where the member said that it admitted it; else what to say where the relay does not know it. */
  readonly doubt: SyncError | null;
}

/** Agrees with the device that shows `text`. Nothing is stored yet. */
export async function joinByCode(
  parts: LogParts,
  text: string,
  name: string,
  dialogue: PairingDialogue,
): Promise<Result<Joined, SyncError>> {
  const code = parsePairingCode(text);
  if (code === null) return err(noCode);
  if (!isDeviceName(name)) return err(noName);
  const { random } = parts;
  const seeds = { signingSeed: random(32), sealingSeed: random(32) };
  const over = new AbortController();
  const outcome = await converse(createJoiner(identityKeys(seeds), random(16), name), {
    dialogue,
    over,
    mail: openPairingMail(parts, code, over.signal, dialogue.signal),
    admit: () => Promise.reject(new Error("a joiner admits nobody")),
  });
  return toJoined(outcome, code, { name, ...seeds });
}

/**
 * An admission that the joiner did not hear of may stand all the same: once it has countersigned, whatever breaks the
 * conversation leaves a doubt that only the relay's log can settle.
 */
function toJoined(
  { ending, trouble, string, state }: PairingOutcome<JoinerState>,
  { relay }: PairingCode,
  self: Omit<Identity, "library" | "relay">,
): Result<Joined, SyncError> {
  const { offer, phase } = state;
  const error = ending === "paired" ? null : pairingError(ending, trouble);
  const isOpen = phase === "confirmed" && (trouble !== null || ending === "failed-there");
  if (error !== null && !isOpen) return err(error);
  if (offer === null || string === null) throw new Error("a pairing ended well without an offer");
  const doubt = error === null ? null : uncertainError(error, self.name);
  return ok({ identity: { library: offer.library, relay, ...self }, string: pairingStringToText(string), doubt });
}

const noCode: SyncError = {
  kind: "wrong-code",
  reason:
    "this is not a pairing code: it has seven groups of four characters, an @ and the relay's address; check for a typing error",
};

const noName: SyncError = {
  kind: "wrong-code",
  reason: "a device's name has 1 to 100 characters, none of which moves what a screen shows: choose another name",
};
