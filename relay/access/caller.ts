/** Who is asking: the device behind a bearer token, and what the roster says of it at this moment. */
import { type DeviceId, type LibraryId, parseId } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { RelayError } from "@albumen/core/wire/relay-api.ts";
import type { Context } from "hono";
import type { RelayContext } from "../context.ts";
import { refuse, storeRefusal } from "../refusal.ts";
import type { Role } from "./rosters.ts";

/** A device that the roster admits, or once admitted. */
export interface Caller {
  readonly device: DeviceId;
  readonly role: Role;
}

/** The library of the route, or the refusal where its id is none. */
export function libraryOf(request: Context): Result<LibraryId, RelayError> {
  const library = parseId("LibraryId", request.req.param("library"));
  return library === null ? err(refuse("bad-request", "the library's id is not 64 hexadecimal digits")) : ok(library);
}

/** The caller; null where the request carries no token at all. */
export async function callerOf(
  request: Context,
  library: LibraryId,
  context: RelayContext,
): Promise<Result<Caller | null, RelayError>> {
  const header = request.req.header("authorization");
  if (header === undefined) return ok(null);
  const [, token] = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(header) ?? [];
  return tokenToCaller(token ?? "", library, context);
}

/** The caller, who must be one. */
export async function requireCaller(
  request: Context,
  library: LibraryId,
  context: RelayContext,
): Promise<Result<Caller, RelayError>> {
  const caller = await callerOf(request, library, context);
  if (!caller.ok) return caller;
  return caller.value === null ? err(refuse("unauthorised", "a session is needed: see POST /v1/sessions")) : ok(caller.value);
}

/** The caller with this token; its own rate counts from here. */
export async function tokenToCaller(
  token: string,
  library: LibraryId,
  context: RelayContext,
): Promise<Result<Caller, RelayError>> {
  const device = context.sessions.deviceOf(token, library);
  if (device === null) return err(refuse("unauthorised", "the session has expired or is not for this library"));
  const wait = context.deviceBuckets.take(device);
  if (wait !== null) return err(refuse("too-many-requests", "this device asks too often", wait));
  const members = await context.rosters.of(library);
  if (!members.ok) return err(storeRefusal(members.error));
  const role = members.value?.roleByDevice.get(device);
  return role === undefined ? err(refuse("forbidden", "this device was never admitted to the library")) : ok({ device, role });
}
