/**
 * Whether an authentic record may enter the log, and how.
 *
 *   content, by a member       its author was ever admitted: a device may bring what a restored relay lost
 *   content, by a removed key  its own, and only as the continuation of its own chain; it is set aside
 *   membership, by a member    its author was ever admitted; what newer versions say is kept and counts for nothing
 *   membership, otherwise      the roster, evaluated with it, counts it; the library's `create` always, for nothing is without it
 *
 * Membership records that stand together in an upload are judged together, each as if the others were in the log already: one
 * evaluation for all of them, whatever their order.
 */
import type { DeviceId, LibraryId } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import type { Statement } from "@albumen/core/roster/statement.ts";
import type { RelayError } from "@albumen/core/wire/relay-api.ts";
import type { Caller } from "../access/caller.ts";
import type { Members, NewRecord, Rosters, WouldBe } from "../access/rosters.ts";
import type { LogStore } from "../log-store/log-store.ts";
import { storeRefusal } from "../refusal.ts";
import type { Candidate } from "./authentic.ts";
import type { Run } from "./run.ts";

/** The answer for one record; `statement` is what the roster is told, null for content and for what it does not understand. */
export type Admission =
  | { readonly admitted: true; readonly aside: boolean; readonly statement: Statement | null }
  | { readonly admitted: false; readonly reason: string };

/** What admission asks. */
export interface AdmissionContext {
  readonly library: LibraryId;
  readonly caller: Caller | null;
  readonly rosters: Rosters;
  readonly logStore: LogStore;
  /** Records that are admitted and not written yet. */
  readonly run: Run;
}

/** Whether content may enter. */
export async function admitContent(
  { hash, parts }: Candidate,
  context: AdmissionContext,
): Promise<Result<Admission, RelayError>> {
  const { library, caller, rosters, logStore, run } = context;
  const { device, previous } = parts.header;
  const members = await rosters.of(library);
  if (!members.ok) return err(storeRefusal(members.error));
  if (caller === null) return ok(no("records with content need a session"));
  if (members.value?.roleByDevice.has(device) !== true) return ok(no(stranger));
  if (members.value.roleByDevice.get(caller.device) === "member") return ok({ admitted: true, aside: false, statement: null });
  if (device !== caller.device) return ok(no("a removed key brings only its own records"));
  if (previous !== null && !run.has(previous)) {
    const places = await logStore.places(library, [previous]);
    if (!places.ok) return err(storeRefusal(places.error));
    if (places.value[0] === null) return ok(no(`a removed key continues its own chain only; ${hash.slice(0, 8)} does not`));
  }
  return ok({ admitted: true, aside: true, statement: null });
}

/** Which membership records of `block` may enter, in its order. Everything before them is in the log. */
export async function admitBlock(
  block: readonly Candidate[],
  { library, caller, rosters }: AdmissionContext,
): Promise<Result<readonly Admission[], RelayError>> {
  const now = await rosters.of(library);
  if (!now.ok) return err(storeRefusal(now.error));
  const isMember = caller !== null && now.value?.roleByDevice.get(caller.device) === "member";
  // Copies: the roster keeps statements longer than the upload's buffer shall live.
  const read = block.map(({ hash, parts: { header, publicPart } }) => {
    return { hash, header, statement: parseStatement((publicPart ?? new Uint8Array(0)).slice()) };
  });
  const isKnown = (members: Members | null, device: DeviceId): boolean => members?.roleByDevice.has(device) === true;
  const needsEvaluation = !isMember || read.some(({ header }) => !isKnown(now.value, header.device));
  const records = read.flatMap(({ hash, header: { device, sequence, previous }, statement }): readonly NewRecord[] =>
    statement === null ? [] : [{ hash, device, sequence, previous, statement }],
  );
  const including = needsEvaluation ? await rosters.including(library, records) : ok(null);
  if (!including.ok) return err(storeRefusal(including.error));
  const wouldBe: WouldBe | null = including.value;
  return ok(
    read.map(({ hash, header: { device, library: named }, statement }): Admission => {
      const known = isKnown(now.value, device) || isKnown(wouldBe, device);
      if (!known && named !== null) return no(stranger);
      if (isMember && known) return { admitted: true, aside: false, statement };
      if (statement === null) return no("its statement is malformed or newer than this relay; only a member may bring it");
      const isCounted = wouldBe !== null && (wouldBe.counting.has(hash) || (hash as string) === library);
      return isCounted ? { admitted: true, aside: false, statement } : no("the roster would not count it");
    }),
  );
}

const stranger = "the roster never admitted its author";

function no(reason: string): Admission {
  return { admitted: false, reason };
}
