/**
 * Taking an upload of records into a library's log.
 *
 * Order: rates → size and format → library → quotas → authenticity → admission → log, one transaction per run. What is refused
 * is refused alone, with its reason; the rest goes on. A record that is held already is a duplicate, whoever brings it.
 * Membership records that stand together are a run of their own, because who is admitted after them depends on them and they on
 * all that stands before.
 */
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import type { AppendOutcome, AppendReply, RelayError } from "@albumen/core/wire/relay-api.ts";
import type { RelayContext } from "../context.ts";
import { refuse, storeRefusal } from "../refusal.ts";
import { type Admission, type AdmissionContext, admitBlock, admitContent } from "./admission.ts";
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
  const { records, membership, bytes, membershipBytes } = usage.value;
  const freshMembership = fresh.filter(isMembership);
  const moreMembership = freshMembership.length;
  if (bytes + bytesOf(fresh) > limits.libraryRecordBytes)
    return refuse("quota-exceeded", "the library's space for records is used up");
  // A member that fills the quota must not keep others from removing it.
  const allowed = (freshMembership.every(isRemoval) ? 2 : 1) * limits.libraryMembership;
  if (membership + moreMembership > allowed) {
    return refuse("quota-exceeded", `a library has at most ${limits.libraryMembership} membership records here`);
  }
  if (membershipBytes + bytesOf(freshMembership) > limits.libraryMembershipBytes) {
    return refuse("quota-exceeded", "the library's space for membership records is used up");
  }
  const wait = upload.caller === null ? null : context.membershipBuckets.take(upload.caller.device, moreMembership);
  if (wait !== null) return refuse("too-many-requests", "too many membership records", wait);
  if (records > 0) return null;
  const libraries = await logStore.libraries();
  if (!libraries.ok) return storeRefusal(libraries.error);
  return libraries.value < limits.libraries ? null : refuse("quota-exceeded", "this relay takes no more libraries");
}

function isRemoval({ parts }: Candidate): boolean {
  return parts.publicPart !== null && parseStatement(parts.publicPart)?.kind === "remove";
}

function bytesOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

async function admitAll(
  { library, caller }: Upload,
  candidates: readonly Candidate[],
  outcomes: (AppendOutcome | undefined)[],
  { rosters, logStore }: AppendContext,
): Promise<RelayError | null> {
  const authentic = findAuthentic(candidates);
  const run = createRun({ library, logStore, rosters }, outcomes);
  const context: AdmissionContext = { library, caller, rosters, logStore, run };
  const isFresh = ({ held, hash, index }: Candidate): boolean => {
    if (!held && !authentic.has(hash)) outcomes[index] = refusedOutcome("its signature is not its device's");
    return !held && authentic.has(hash);
  };
  for (const group of groupByKind(candidates.filter(isFresh))) {
    const failure = await (isMembership(group[0]) ? admitMembers(group, outcomes, context) : admitEach(group, outcomes, context));
    if (failure !== null) return failure;
  }
  return run.flush();
}

/** Membership records that stand together. Who belongs after them depends on them, and they on what stands before. */
async function admitMembers(
  block: readonly Candidate[],
  outcomes: (AppendOutcome | undefined)[],
  context: AdmissionContext,
): Promise<RelayError | null> {
  const unwritten = await context.run.flush();
  if (unwritten !== null) return unwritten;
  const admissions = await admitBlock(block, context);
  if (!admissions.ok) return admissions.error;
  for (const [at, admission] of admissions.value.entries()) settle(block[at], admission, outcomes, context);
  return context.run.flush();
}

async function admitEach(
  content: readonly Candidate[],
  outcomes: (AppendOutcome | undefined)[],
  context: AdmissionContext,
): Promise<RelayError | null> {
  for (const candidate of content) {
    const admission = await admitContent(candidate, context);
    if (!admission.ok) return admission.error;
    settle(candidate, admission.value, outcomes, context);
  }
  return null;
}

function settle(
  candidate: Candidate | undefined,
  admission: Admission,
  outcomes: (AppendOutcome | undefined)[],
  { run }: AdmissionContext,
): void {
  if (candidate === undefined) return;
  if (admission.admitted) run.add(candidate, admission);
  else outcomes[candidate.index] = refusedOutcome(admission.reason);
}

/** Runs of membership records and of content, in order. */
function groupByKind(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups: Candidate[][] = [];
  for (const candidate of candidates) {
    const group = groups.at(-1);
    if (group !== undefined && isMembership(group[0]) === isMembership(candidate)) group.push(candidate);
    else groups.push([candidate]);
  }
  return groups;
}

function isMembership(candidate: Candidate | undefined): boolean {
  return candidate?.parts.header.kind === "membership";
}
