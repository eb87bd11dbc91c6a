/** How a pairing failed, in words for the person at this device: what happened, what it may mean, what to do next. */
import type { PairingEnding } from "@albumen/core/membership/pairing.ts";
import type { SyncError } from "./api.ts";

const again = "Nothing was shared. Start again with a new code";

const differing =
  "That may be a typing error in the code, a code that was used before, or somebody between the two devices. " +
  "Nothing was shared. Start again with a new code and both devices at hand; if it happens again, use another network";

const between = "An honest device does not do that: somebody who has seen the code may be between the two devices";

/** Each ending that is no pairing. */
const words: Readonly<Record<Exclude<PairingEnding, "paired">, SyncError>> = {
  differs: { kind: "aborted", reason: `the two screens did not show the same. ${differing}` },
  "differs-there": {
    kind: "aborted",
    reason: `at the other device somebody said that the two screens do not show the same. ${differing}`,
  },
  stopped: { kind: "aborted", reason: `the pairing was broken off here. ${again}` },
  failed: { kind: "damaged", reason: `something on this device failed. ${again}` },
  "stopped-there": {
    kind: "aborted",
    reason: `the other device broke off the pairing: its code was closed, or its ten minutes are over. ${again}`,
  },
  "failed-there": { kind: "refused", reason: `the other device could not go on; its screen says why. ${again}` },
  "alarm-there": {
    kind: "damaged",
    reason:
      "the other device broke off, because something came that does not belong to this pairing. " +
      `The code was used on two devices, or somebody else has seen it. ${again}, and show it to nobody else`,
  },
  "second-device": {
    kind: "damaged",
    reason:
      "a second device uses this code, or used it before. " +
      `If that was not you, somebody else has seen the code. ${again}, and show it to nobody else`,
  },
  "not-understood": {
    kind: "damaged",
    reason:
      "the other device sent something that does not belong here. " +
      `It may be another version of Albumen, or somebody who has seen the code. ${again}, with the same version on both devices`,
  },
  "broken-commitment": {
    kind: "damaged",
    reason: `the new device did not keep to the keys that it had committed to. ${between}. ${again}`,
  },
  "bad-signature": { kind: "damaged", reason: `the new device's signature does not hold. ${between}. ${again}` },
  "known-device": {
    kind: "refused",
    reason:
      "the new device has a key that belongs, or once belonged, to this library; a key that was removed is never admitted again. " +
      "Nothing was shared. Begin on it with an empty folder or another browser profile, and pair again",
  },
};

/** What to say about an ending; `trouble` is what broke it from outside. */
export function pairingError(ending: Exclude<PairingEnding, "paired">, trouble: SyncError | null): SyncError {
  if (trouble !== null) return { kind: trouble.kind, reason: `${trouble.reason}. ${again}` };
  return words[ending];
}

/** What to say where it is not known whether the new device, called `name`, was admitted. */
export function uncertainError({ kind, reason }: SyncError, name: string): SyncError {
  const first = reason.replace(` ${again}`, "");
  const after = `It may be that this device was admitted all the same: if "${name}" is in the other device's list, remove it there`;
  return { kind, reason: `${first.replace(/[.]$/, "")}. ${after}. Then start again with a new code` };
}
