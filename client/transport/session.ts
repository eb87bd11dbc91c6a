/**
 * A device's session with a relay: opened when the first request needs it, shared by requests that run side by side (each
 * device may hold only a few), and opened again once where the relay has forgotten it.
 */
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { challengeMessage, type Session } from "@albumen/core/wire/relay-api.ts";
import type { RelayIdentity, TransportError } from "../log/relay-port.ts";
import { answerChallenge } from "./challenge.ts";
import { jsonBody, jsonOf, requestChecked, type Fetch } from "./http.ts";

/** Sends a request as this device. */
export type Authorised = (url: string, init: RequestInit) => Promise<Result<Response, TransportError>>;

/** A session that is opened when it is needed. */
export interface RelaySession {
  /** The bearer token. */
  readonly token: () => Promise<Result<string, TransportError>>;
  readonly authorised: Authorised;
}

/** The session of `identity`, not opened yet. */
export function createSession(identity: RelayIdentity, fetch: Fetch): RelaySession {
  let session: string | null = null;
  let pending: Promise<Result<string, TransportError>> | null = null;
  const token = async (): Promise<Result<string, TransportError>> => {
    if (session !== null) return ok(session);
    pending ??= requestSession(identity, fetch).then((opened) => {
      pending = null;
      if (opened.ok) session = opened.value;
      return opened;
    });
    return pending;
  };
  const authorised: Authorised = async (url, init) => {
    for (let attempt = 0; ; attempt++) {
      const held = await token();
      if (!held.ok) return held;
      const headers = { ...init.headers, authorization: `Bearer ${held.value}` };
      const reply = await requestChecked(fetch, url, { ...init, headers });
      if (reply.ok || reply.error.status !== 401 || attempt > 0) return reply;
      if (session === held.value) session = null;
    }
  };
  return { token, authorised };
}

async function requestSession(identity: RelayIdentity, fetch: Fetch): Promise<Result<string, TransportError>> {
  const { relay, library, device } = identity;
  const owner = { library, device };
  const answer = await answerChallenge(fetch, relay, owner, (nonce, expires, origin) =>
    identity.signChallenge(challengeMessage(owner, nonce, expires, origin)),
  );
  if (!answer.ok) return answer;
  const answered = await requestChecked(fetch, `${relay}/v1/sessions`, jsonBody({ ...owner, ...answer.value }));
  const session = answered.ok ? await jsonOf<Session>(answered.value) : answered;
  return session.ok ? ok(session.value.token) : session;
}
