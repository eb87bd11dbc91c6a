/** The member's side of a pairing; see `core/membership/pairing.ts` for the steps. */
import { addMember } from "@albumen/core/membership/author.ts";
import { pairingCodeToText } from "@albumen/core/membership/pairing-code.ts";
import { createMember, type MemberState } from "@albumen/core/membership/pairing-member.ts";
import { pairingStringToText } from "@albumen/core/membership/pairing-string.ts";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { PairingDialogue, SyncError } from "./api.ts";
import type { EncryptedLog } from "./log.ts";
import { openPairingMail } from "./pairing-mail.ts";
import { converse, type AdmittedDevice, type PairingOutcome } from "./pairing-talk.ts";
import { pairingError } from "./pairing-words.ts";
import { pause, within } from "./timers.ts";

/** What an invitation ends with. */
export interface Invited {
  readonly device: DeviceId;
  readonly string: string;
}

type Push = () => Promise<Result<unknown, SyncError>>;

/** Milliseconds that a round of sync may take and between two of them, and how often an admission is delivered. */
const delivery = { round: 40_000, pause: 3000, attempts: 5 } as const;

/** Shows a code, agrees with whoever has it, and adds that device once both persons confirmed. `push` sends the outbox. */
export async function inviteDevice(
  log: EncryptedLog,
  dialogue: PairingDialogue,
  push: Push,
): Promise<Result<Invited, SyncError>> {
  const pushed = await within(delivery.round, dialogue.signal ?? new AbortController().signal, push);
  if (pushed === null) return err(noAnswer);
  if (!pushed.ok) return pushed;
  const { random } = log.parts;
  const { roster, heads } = log.membership();
  const code = { secret: random(16), relay: log.identity.relay };
  const known = new Set(roster.members.map(({ device }) => device));
  const offer = { library: log.identity.library, member: log.keys.device, nonce: random(16), parents: heads };
  dialogue.code?.(pairingCodeToText(code));
  const over = new AbortController();
  const outcome = await converse(
    createMember(offer, (device) => known.has(device)),
    {
      dialogue,
      over,
      mail: openPairingMail(log.parts, code, over.signal, dialogue.signal),
      admit: async (device) => {
        const admitted = await admit(log, device);
        return admitted.ok ? deliver(push, device.name) : admitted;
      },
    },
  );
  return toInvited(outcome);
}

function toInvited({ ending, trouble, string, state }: PairingOutcome<MemberState>): Result<Invited, SyncError> {
  // An admission that fails has said itself what became of it.
  if (ending !== "paired") return err(state.phase === "admitting" && trouble !== null ? trouble : pairingError(ending, trouble));
  if (state.reveal === null || string === null) throw new Error("a pairing ended well without a device");
  return ok({ device: state.reveal.device, string: pairingStringToText(string) });
}

function admit(log: EncryptedLog, added: AdmittedDevice): Promise<Result<null, SyncError>> {
  return log.exclusive(async () => {
    const written = await log.writeMembership((authoring, membership) => addMember(authoring, membership, added));
    if (!written.ok)
      return err({ kind: "refused", reason: `${written.error.reason}. Nothing was shared. Make room, and pair again` });
    if (written.value !== null) return ok(null);
    return err({
      kind: "refused",
      reason: "this device does not hold the library's secret yet. Nothing was shared. Sync first, and pair again",
    });
  });
}

/** Sends the admission; the new device waits for it. */
async function deliver(push: Push, name: string): Promise<Result<null, SyncError>> {
  const { signal } = new AbortController();
  for (let attempt = 1; ; attempt++) {
    const delivered = (await within(delivery.round, signal, push)) ?? err(noAnswer);
    if (delivered.ok) return ok(null);
    const { kind, reason } = delivered.error;
    const after = `"${name}" is admitted here, and the relay hears of it with the next sync. If it has not joined by then, remove it and pair again`;
    if (kind !== "unreachable" || attempt === delivery.attempts) return err({ kind, reason: `${reason}. ${after}` });
    await pause(delivery.pause, signal);
  }
}

const noAnswer: SyncError = { kind: "unreachable", reason: "the relay does not answer" };
