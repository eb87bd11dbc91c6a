/** HTTP with every failure as a sentence for people. */
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { RelayError } from "@albumen/core/wire/relay-api.ts";
import type { TransportError } from "../log/relay-port.ts";

/** The door to HTTP: `globalThis.fetch`, or what counts and records what leaves. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A refusal with its HTTP status; 0 where there was no answer. */
export interface HttpError extends TransportError {
  readonly status: number;
}

/** A successful answer, or why there is none. */
export async function requestChecked(fetch: Fetch, url: string, init: RequestInit): Promise<Result<Response, HttpError>> {
  let reply: Response;
  try {
    reply = await fetch(url, init);
  } catch {
    const reason = `the relay at ${new URL(url).origin} cannot be reached`;
    return err({ kind: "unreachable", reason, retryAfter: null, status: 0 });
  }
  if (reply.ok) return ok(reply);
  const { status } = reply;
  const body = await jsonOf<Partial<RelayError>>(reply);
  const reason = body.ok && typeof body.value.reason === "string" ? body.value.reason : `it answered with status ${status}`;
  const retryAfter = body.ok && typeof body.value.retryAfter === "number" ? body.value.retryAfter : null;
  const kind = status === 404 ? "not-found" : "refused";
  return err({ kind, reason: `the relay refused: ${reason}`, retryAfter, status });
}

/** The types of fetch ask for bytes that are not shared between threads; ours never are. */
export function bodyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

/** A request that carries `value` as JSON. */
export function jsonBody(value: unknown): RequestInit {
  return { method: "POST", body: JSON.stringify(value), headers: { "content-type": "application/json" } };
}

/** The object in a JSON answer; its fields are the caller's to check. */
export async function jsonOf<T>(reply: Response): Promise<Result<T, TransportError>> {
  try {
    const value: unknown = await reply.json();
    return typeof value === "object" && value !== null ? ok(value as T) : damaged("the relay's answer is not an object");
  } catch {
    return damaged("the relay's answer is not JSON: is this the address of an Albumen relay?");
  }
}

/** All bytes of an answer. */
export async function bytesOf(reply: Response): Promise<Result<Uint8Array, TransportError>> {
  try {
    return ok(new Uint8Array(await reply.arrayBuffer()));
  } catch {
    return err({ kind: "unreachable", reason: "the connection to the relay broke off", retryAfter: null });
  }
}

/** An answer that is not what the protocol says. */
export function damaged(reason: string): Result<never, TransportError> {
  return err({ kind: "damaged", reason, retryAfter: null });
}
