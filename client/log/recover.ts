/**
 * Recovery: the words alone, on a machine that holds nothing. The relay finds the libraries of the words' key; each is read and
 * checked as by any member before it is shown: its `create`, or the record that added these words, must be signed by them. What
 * the relay shows may be an old state, and an empty machine cannot know; so the person sees the devices and the newest activity,
 * and decides before anything is written. Then the words admit this machine as a new device, and remove those that are lost.
 */
import { createNonces } from "@albumen/core/crypto/aead.ts";
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { DeviceId, LibraryId } from "@albumen/core/ids/ids.ts";
import { addMember, removeMembers, type Authoring } from "@albumen/core/membership/author.ts";
import { wordsToKeys } from "@albumen/core/membership/words.ts";
import type { StoreError } from "@albumen/core/ports/store.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import type { DeviceView, SyncError } from "./api.ts";
import { cutOff } from "./cut-off.ts";
import { identityKeys, identityWrite, type Identity } from "./identity.ts";
import { cursorWrite, openJournal } from "./journal.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { viewDevices } from "./log-state.ts";
import { createLog, type EncryptedLog } from "./log.ts";
import type { LogParts } from "./parts.ts";
import { readWholeLog, type WholeLog } from "./whole-log.ts";

/** A library that the words open, as the relay shows it. */
export interface RecoverableLibrary {
  readonly library: LibraryId;
  readonly devices: readonly DeviceView[];
  readonly records: number;
  /** Records that others had seen and that the relay does not show: not 0 where it shows an old state and did not hide it well. */
  readonly missing: number;
  /** Milliseconds since 1970 by the clock of whoever did something last; null where nobody did. */
  readonly newest: number | null;
}

/** How a recovery talks with the person. */
export interface RecoveryDialogue {
  /** Hears how many records of a library were read, and how many there are. */
  readonly reading?: (read: number, of: number) => void;
  /** Shows what was found; resolves to the library to recover and the devices to remove, or to null to leave it. */
  readonly review: (
    found: readonly RecoverableLibrary[],
  ) => Promise<{ readonly library: LibraryId; readonly remove: readonly DeviceId[] } | null>;
}

interface Checked {
  readonly shown: RecoverableLibrary;
  readonly log: WholeLog;
  readonly ledger: Ledger;
}

/** Makes this machine a device of the library that `words` open. Nothing is stored or sent before the person decided. */
export async function recoverLog(
  parts: LogParts,
  { words, relay, name }: { readonly words: string; readonly relay: string; readonly name: string },
  dialogue: RecoveryDialogue,
): Promise<Result<EncryptedLog, SyncError | StoreError>> {
  const keys = wordsToKeys(words);
  if (keys === null) {
    const reason = "these are not recovery words: they are 24 words of the list, in their order; check the spelling";
    return err({ kind: "wrong-code", reason });
  }
  const address = relay.replace(/\/+$/, "");
  const found = await findChecked(parts, keys, address, dialogue.reading);
  if (!found.ok) return found;
  const chosen = await dialogue.review(found.value.map(({ shown }) => shown));
  const library = found.value.find(({ shown }) => shown.library === chosen?.library);
  if (chosen === null || library === undefined) {
    return err({ kind: "aborted", reason: "the recovery was left: nothing was changed" });
  }
  const seeds = { signingSeed: parts.random(32), sealingSeed: parts.random(32) };
  const identity: Identity = { library: chosen.library, relay: address, name, ...seeds };
  const authored = admitAndRemove(parts, keys, library.ledger, identity, chosen.remove);
  if (!authored.ok) return authored;
  const journal = await openJournal(parts.store, identity.library, identityKeys(identity));
  // One transaction: an empty machine stays empty, or is a device.
  const stored = await journal.append([...library.log.records, ...authored.value], {
    outbox: new Set(authored.value.map(recordHash)),
    also: [cursorWrite(library.log.cursor), identityWrite(identity)],
  });
  return stored.ok ? ok(await createLog(parts, identity)) : stored;
}

/** The libraries at the relay that the words really are a member of. */
async function findChecked(
  parts: LogParts,
  keys: MemberKeys,
  relay: string,
  reading: RecoveryDialogue["reading"],
): Promise<Result<readonly Checked[], SyncError>> {
  const { device, signing } = keys;
  const found = await parts.transport.findLibraries({
    relay,
    device,
    signFind: (message) => sign("albumen find 1", message, signing),
  });
  if (!found.ok) {
    return err({ kind: found.error.kind === "unreachable" ? "unreachable" : "refused", reason: found.error.reason });
  }
  const checked: Checked[] = [];
  let refusal = "this relay holds no library of these words: check the words, and whether it is the right relay";
  for (const { library } of [...found.value].sort((a, b) => compareText(a.library, b.library))) {
    const signChallenge = (message: Uint8Array): Uint8Array => sign("albumen challenge 1", message, signing);
    const log = await readWholeLog(parts.transport.connect({ relay, library, device, signChallenge }), reading);
    if (!log.ok) return log;
    const one = check(library, keys, log.value);
    if (one.ok) checked.push(one.value);
    else refusal = one.error;
  }
  return checked.length > 0 ? ok(checked) : err({ kind: "refused", reason: refusal });
}

function check(library: LibraryId, keys: MemberKeys, log: WholeLog): Result<Checked, string> {
  const ledger = createLedger(library, keys);
  ledger.commit(ledger.stage(log.records).accepted);
  const membership = ledger.membership();
  const member = membership?.roster.memberOf(keys.device);
  if (membership === null || member?.words !== true) {
    return err("the relay offered a library that these words never signed: it was refused");
  }
  if (member.removedBy !== null) return err("these recovery words were replaced by newer ones: the newer ones are needed");
  if (membership.secret === null)
    return err("the relay does not show the record that holds the library's secret for these words");
  const devices = viewDevices(membership, ledger, keys.device);
  const times = devices.flatMap(({ lastActive }) => lastActive ?? []);
  const shown: RecoverableLibrary = {
    library,
    devices,
    records: log.records.length,
    missing: ledger.chains.missing().filter(({ device }) => membership.roster.memberOf(device) !== null).length,
    newest: times.length === 0 ? null : Math.max(...times),
  };
  return ok({ shown, log, ledger });
}

/** The records by which the words admit the device of `identity`, and remove `devices`. */
function admitAndRemove(
  { random, clock }: LogParts,
  keys: MemberKeys,
  ledger: Ledger,
  identity: Identity,
  devices: readonly DeviceId[],
): Result<readonly Uint8Array[], SyncError> {
  const { device, seal, signing } = identityKeys(identity);
  const nonces = createNonces(random);
  const authored: Uint8Array[] = [];
  const authoring = (): Authoring => {
    return { keys, last: ledger.chains.frontier(keys.device), seen: [], at: clock(), random, nonces };
  };
  const take = (record: Uint8Array): void => {
    authored.push(record);
    ledger.commit(ledger.stage([record]).accepted);
  };
  const membership = ledger.membership();
  if (membership === null) throw new Error("a library was checked and is gone");
  const agreed = { device, seal, words: false, parents: membership.heads };
  const countersignature = sign("albumen countersign 1", addMessage(identity.library, keys.device, agreed), signing);
  const added = addMember(authoring(), membership, { ...agreed, countersignature, name: identity.name });
  if (added === null) return err({ kind: "damaged", reason: "the library's secret is not among what the relay shows" });
  take(added);
  const known = devices.filter((one) => one !== keys.device && membership.roster.memberOf(one)?.removedBy === null);
  const current = ledger.membership();
  if (known.length === 0 || current === null) return ok(authored);
  const removed = [...new Set(known)].sort(compareText).map((one) => cutOff(ledger, one, known));
  take(removeMembers(authoring(), current, removed));
  return ok(authored);
}
