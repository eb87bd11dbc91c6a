/** Refusals: how the relay says no, in words for people, with an HTTP status for programs. */
import type { RelayError, RelayErrorKind } from "@albumen/core/wire/relay-api.ts";
import type { LogStoreError } from "./log-store/log-store.ts";

/** The HTTP status of each kind of refusal. */
export const statusByKind: Readonly<Record<RelayErrorKind, 400 | 401 | 403 | 404 | 413 | 429 | 503 | 507>> = {
  "bad-request": 400,
  unauthorised: 401,
  forbidden: 403,
  "not-found": 404,
  "too-large": 413,
  "too-many-requests": 429,
  "quota-exceeded": 507,
  "unsupported-version": 400,
  unavailable: 503,
};

/** A refusal as a value; `retryAfter` in seconds, null where trying again makes no sense. */
export function refuse(error: RelayErrorKind, reason: string, retryAfter: number | null = null): RelayError {
  return { error, reason, retryAfter };
}

/** The refusal where the log store failed: the device tries again. */
export function storeRefusal(error: LogStoreError): RelayError {
  return refuse("unavailable", error.reason, 5);
}

/** The response that carries `refusal`. */
export function refusalResponse(refusal: RelayError, headers: Record<string, string> = {}, status?: number): Response {
  const retry: Record<string, string> = refusal.retryAfter === null ? {} : { "retry-after": String(refusal.retryAfter) };
  const challenge: Record<string, string> = refusal.error === "unauthorised" ? { "www-authenticate": "Bearer" } : {};
  return Response.json(refusal, {
    status: status ?? statusByKind[refusal.error],
    headers: { ...retry, ...challenge, ...headers },
  });
}
