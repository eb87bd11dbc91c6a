/**
 * `POST /v1/libraries`: the libraries of a key, for whoever shows that it is theirs, so that the words alone find what they
 * belong to.
 *
 * Checks, in this order: body → key, nonce, signature → rate → challenge → the log → each roster. Only libraries whose roster
 * admits the key, or once admitted it, are named, at most 100, in the order in which the relay met the key in them: what
 * somebody who stole a device founds later in its name cannot crowd them out. An unknown key gets an empty list. Rosters cost
 * time, so no more are evaluated than have 2,048 membership records together; the first always is.
 */
import { type DeviceId, type LibraryId, parseId } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { FoundLibraries, FoundLibrary, RelayError } from "@albumen/core/wire/relay-api.ts";
import type { Hono } from "hono";
import { parseAnswer } from "../access/answer.ts";
import { readJson } from "../body.ts";
import type { RelayContext } from "../context.ts";
import { refusalResponse, refuse, storeRefusal } from "../refusal.ts";

/** Libraries in one answer. */
const maximalAnswers = 100;

/** Membership records that are evaluated for one answer. */
const maximalMembership = 2048;

/** Adds the route. */
export function addLibraryRoutes(app: Hono, context: RelayContext): void {
  const { challenges, findBuckets, logStore, addressOf } = context;
  app.post("/v1/libraries", async (request) => {
    const body = await readJson(request.req.raw);
    if (!body.ok) return refusalResponse(body.error);
    const device = parseId("DeviceId", body.value["device"]);
    if (device === null) return refusalResponse(refuse("bad-request", "device must be 64 hexadecimal digits"));
    const answer = parseAnswer(body.value);
    if (!answer.ok) return refusalResponse(answer.error);
    const wait = findBuckets.take(addressOf(request));
    if (wait !== null) return refusalResponse(refuse("too-many-requests", "this address searches too often", wait));
    const { nonce, signature } = answer.value;
    const reason = challenges.check({ device }, nonce, signature);
    if (reason !== null) return refusalResponse(refuse("unauthorised", reason));
    const named = await logStore.librariesOf(device, maximalAnswers);
    if (!named.ok) return refusalResponse(storeRefusal(named.error));
    // Keys are free to make: what strangers met is not worth remembering, for they learn nothing by meeting it again.
    if (named.value.length > 0) challenges.use(nonce);
    const found = await describeAll(named.value, device, context);
    return found.ok ? request.json({ libraries: found.value } satisfies FoundLibraries) : refusalResponse(found.error);
  });
}

async function describeAll(
  named: readonly LibraryId[],
  device: DeviceId,
  context: RelayContext,
): Promise<Result<readonly FoundLibrary[], RelayError>> {
  const libraries: FoundLibrary[] = [];
  let evaluated = 0;
  for (const [at, library] of named.entries()) {
    const usage = await context.logStore.usage(library);
    if (!usage.ok) return err(storeRefusal(usage.error));
    evaluated += usage.value.membership;
    if (at > 0 && evaluated > maximalMembership) break;
    const found = await describe(library, device, usage.value.records, context);
    if (!found.ok) return found;
    if (found.value !== null) libraries.push(found.value);
  }
  return ok(libraries);
}

async function describe(
  library: LibraryId,
  device: DeviceId,
  records: number,
  { rosters }: RelayContext,
): Promise<Result<FoundLibrary | null, RelayError>> {
  const members = await rosters.of(library);
  if (!members.ok) return err(storeRefusal(members.error));
  const role = members.value?.roleByDevice.get(device);
  if (role === undefined) return ok(null);
  return ok({ library, records, words: members.value?.words.has(device) === true, member: role === "member" });
}
