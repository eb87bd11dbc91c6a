/**
 * Taking an upload of records into a library's log.
 *
 * Order: rates → size and format → library → quotas → authenticity → admission → log, one transaction per run. What is refused
 * is refused alone, with its reason; the rest goes on. A record that is held already is a duplicate, whoever brings it.
 * Membership records end a run, because who is admitted after them depends on them and on all that stands before.
 */
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { AppendOutcome, AppendReply, RelayError } from "@albumen/core/wire/relay-api.ts";
import type { RelayContext } from "../context.ts";
import { refuse, storeRefusal } from "../refusal.ts";
import { type AdmissionContext, admitContent, admitMembership } from "./admission.ts";
import { type Candidate, findAuthentic } from "./authentic.ts";
import { createRun } from "./run.ts";
import { refusedOutcome, sortUpload, type Upload } from "./upload.ts";

type AppendContext = Pick<RelayContext, "logStore" | "rosters" | "membershipBuckets" | "limits">;

/** Outcomes in the order of the upload, or the refusal of all of it; after a refusal by rate or quota nothing took effect. */
export async function appendRecords(upload: Upload, context: AppendContext): Promise<Result<AppendReply, RelayError>> {
  const wait = upload.caller === null ? context.membershipBuckets.take(upload.address, upload.records.length) : null;
  if (wait !== null) return err(refuse("too-many-requests", "too many records without a session", wait));
  const sorted = await sortUpload(upload, context.logStore);
  if (!sorted.ok) return err(storeRefusal(sorted.error));
  const { candidates, outcomes } = sorted.value;
  const fresh = candidates.filter((candidate) => !candidate.held);
  const refusal = await checkBudgets(upload, fresh, context);
  if (refusal !== null) return err(refusal);
  const failure = await admitAll(upload, candidates, outcomes, context);
  if (failure !== null) return err(failure);
  return ok({ outcomes: outcomes.map((outcome) => outcome ?? refusedOutcome("it was not looked at")) });
}

async function checkBudgets(upload: Upload, fresh: readonly Candidate[], context: AppendContext): Promise<RelayError | null> {
  if (fresh.length === 0) return null;
  const { limits, logStore } = context;
  const usage = await logStore.usage(upload.library);
  if (!usage.ok) return storeRefusal(usage.error);
  const { records, membership, bytes } = usage.value;
  const more = fresh.reduce((sum, candidate) => sum + candidate.bytes.length, 0);
  const moreMembership = fresh.filter(({ parts }) => parts.header.kind === "membership").length;
  if (bytes + more > limits.libraryRecordBytes) return refuse("quota-exceeded", "the library's space for records is used up");
  if (membership + moreMembership > limits.libraryMembership) {
    return refuse("quota-exceeded", `a library has at most ${limits.libraryMembership} membership records here`);
  }
  const wait = upload.caller === null ? null : context.membershipBuckets.take(upload.caller.device, moreMembership);
  if (wait !== null) return refuse("too-many-requests", "too many membership records", wait);
  if (records > 0) return null;
  const libraries = await logStore.libraries();
  if (!libraries.ok) return storeRefusal(libraries.error);
  return libraries.value < limits.libraries ? null : refuse("quota-exceeded", "this relay takes no more libraries");
}

async function admitAll(
  { library, caller }: Upload,
  candidates: readonly Candidate[],
  outcomes: (AppendOutcome | undefined)[],
  { rosters, logStore }: AppendContext,
): Promise<RelayError | null> {
  const authentic = findAuthentic(candidates);
  const run = createRun(library, logStore, outcomes);
  const context: AdmissionContext = { library, caller, rosters, logStore, run };
  for (const candidate of candidates) {
    if (candidate.held) continue;
    const { index, hash, parts } = candidate;
    const isMembership = parts.header.kind === "membership";
    if (!authentic.has(hash)) {
      outcomes[index] = refusedOutcome("its signature is not its device's");
      continue;
    }
    const unwritten = isMembership ? await run.flush() : null;
    if (unwritten !== null) return unwritten;
    const admission = await (isMembership ? admitMembership : admitContent)(candidate, context);
    if (!admission.ok) return admission.error;
    if (!admission.value.admitted) {
      outcomes[index] = refusedOutcome(admission.value.reason);
      continue;
    }
    run.add(candidate, admission.value);
    if (!isMembership) continue;
    const failure = await run.flush();
    if (failure !== null) return failure;
    const { statement } = admission.value;
    const isKept = outcomes[index]?.outcome !== "refused";
    const { device, sequence } = parts.header;
    if (statement !== null && isKept) rosters.add(library, { device, sequence, hash, statement });
  }
  return run.flush();
}
