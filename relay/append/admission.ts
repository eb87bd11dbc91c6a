/**
 * Whether an authentic record may enter the log, and how.
 *
 *   content, by a member       its author was ever admitted: a device may bring what a restored relay lost
 *   content, by a removed key  its own, and only as the continuation of its own chain; it is set aside
 *   membership, by a member    its author was ever admitted; what newer versions say is kept and counts for nothing
 *   membership, otherwise      the roster, evaluated with it, counts it
 */
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import type { Statement } from "@albumen/core/roster/statement.ts";
import type { RelayError } from "@albumen/core/wire/relay-api.ts";
import type { Caller } from "../access/caller.ts";
import type { Rosters } from "../access/rosters.ts";
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

type Answer = Promise<Result<Admission, RelayError>>;

/** Whether content may enter. */
export async function admitContent({ hash, parts }: Candidate, context: AdmissionContext): Answer {
  const { library, caller, rosters, logStore, run } = context;
  const { device, previous } = parts.header;
  const members = await rosters.of(library);
  if (!members.ok) return err(storeRefusal(members.error));
  if (caller === null) return no("records with content need a session");
  if (members.value?.roleByDevice.has(device) !== true) return no("the roster never admitted its author");
  if (members.value.roleByDevice.get(caller.device) === "member") return ok({ admitted: true, aside: false, statement: null });
  if (device !== caller.device) return no("a removed key brings only its own records");
  if (previous !== null && !run.has(previous)) {
    const places = await logStore.places(library, [previous]);
    if (!places.ok) return err(storeRefusal(places.error));
    if (places.value[0] === null) return no(`a removed key continues its own chain only; ${hash.slice(0, 8)} does not`);
  }
  return ok({ admitted: true, aside: true, statement: null });
}

/** Whether a membership record may enter. Everything before it is in the log. */
export async function admitMembership({ hash, parts }: Candidate, context: AdmissionContext): Answer {
  const { library, caller, rosters } = context;
  const { device, sequence, library: named } = parts.header;
  // A copy: the roster keeps it longer than the upload's buffer shall live.
  const statement = parseStatement((parts.publicPart ?? new Uint8Array(0)).slice());
  const members = await rosters.of(library);
  if (!members.ok) return err(storeRefusal(members.error));
  const isKnown = members.value?.roleByDevice.has(device) === true;
  if (!isKnown && named !== null) return no("the roster never admitted its author");
  if (isKnown && caller !== null && members.value?.roleByDevice.get(caller.device) === "member") {
    return ok({ admitted: true, aside: false, statement });
  }
  if (statement === null) return no("its statement is malformed or newer than this relay; only a member may bring it");
  const including = await rosters.including(library, { device, sequence, hash, statement });
  if (!including.ok) return err(storeRefusal(including.error));
  if (including.value?.counting.has(hash) !== true) return no("the roster would not count it");
  return ok({ admitted: true, aside: false, statement });
}

function no(reason: string): Result<Admission, RelayError> {
  return ok({ admitted: false, reason });
}
