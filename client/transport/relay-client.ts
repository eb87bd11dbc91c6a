/**
 * Relay client: `core/wire/relay-api.ts` spoken over fetch and WebSocket. It authenticates by itself: where the relay asks for
 * a session it signs a challenge and tries once more. Every failure is a sentence for people, none holds a key or a token.
 */
import { base64urlToBytes, bytesToBase64url } from "@albumen/core/primitives/bytes.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { encodeRecords, parsePage } from "@albumen/core/wire/page.ts";
import {
  challengeMessage,
  type AppendOutcome,
  type AppendReply,
  type Challenge,
  type MailPage,
  type Session,
} from "@albumen/core/wire/relay-api.ts";
import type { Mailbox, RelayClient, RelayIdentity, TransportError } from "../log/relay-port.ts";
import { bytesOf, damaged, jsonOf, requestChecked, type Fetch } from "./http.ts";
import { openLive, type OpenSocket } from "./live.ts";

/** Who speaks, and the two doors to the network. */
interface RelayClientParts extends RelayIdentity {
  readonly fetch: Fetch;
  readonly openSocket: OpenSocket;
}

/** A client for one device of one library. */
export function createRelayClient(parts: RelayClientParts): RelayClient {
  const base = `${parts.relay}/v1/libraries/${parts.library}`;
  const { fetch } = parts;
  let session: string | null = null;
  let pending: Promise<Result<string, TransportError>> | null = null;
  // Requests that run side by side share one session: each device may hold only a few.
  const token = async (): Promise<Result<string, TransportError>> => {
    if (session !== null) return ok(session);
    pending ??= requestSession(parts).then((opened) => {
      pending = null;
      if (opened.ok) session = opened.value;
      return opened;
    });
    return pending;
  };
  const authorised = async (url: string, init: RequestInit): Promise<Result<Response, TransportError>> => {
    for (let attempt = 0; ; attempt++) {
      const held = await token();
      if (!held.ok) return held;
      const headers = { ...init.headers, authorization: `Bearer ${held.value}` };
      const reply = await requestChecked(fetch, url, { ...init, headers });
      if (reply.ok || reply.error.status !== 401 || attempt > 0) return reply;
      if (session === held.value) session = null;
    }
  };
  return {
    append: async (records) => {
      // Membership records need no session, and a library's first session needs its membership records: they go first.
      const outcomes = new Map<Uint8Array, AppendOutcome>();
      for (const membership of [true, false]) {
        const batch = records.filter((record) => (record[1] === 1) === membership);
        if (batch.length === 0) continue;
        const init = { method: "POST", body: bodyOf(encodeRecords(batch)) };
        const reply = await (membership ? requestChecked(fetch, `${base}/records`, init) : authorised(`${base}/records`, init));
        const body = reply.ok ? await jsonOf<AppendReply>(reply.value) : reply;
        if (!body.ok) return body;
        if (body.value.outcomes.length !== batch.length) return damaged("the relay's answer has not one outcome per record");
        for (const [at, outcome] of body.value.outcomes.entries()) outcomes.set(batch[at] ?? new Uint8Array(0), outcome);
      }
      return ok(records.flatMap((record) => outcomes.get(record) ?? []));
    },
    read: async (after, limit) => {
      const reply = await authorised(`${base}/records?after=${after}&limit=${limit}`, {});
      const bytes = reply.ok ? await bytesOf(reply.value) : reply;
      if (!bytes.ok) return bytes;
      const page = parsePage(bytes.value);
      return page.ok ? page : damaged(`the relay's page is damaged: ${page.error.reason}`);
    },
    putBlob: async (name, bytes) => {
      const reply = await authorised(`${base}/blobs/${name}`, { method: "PUT", body: bodyOf(bytes) });
      return reply.ok ? ok(null) : reply;
    },
    getBlob: async (name) => {
      const reply = await authorised(`${base}/blobs/${name}`, {});
      return reply.ok ? bytesOf(reply.value) : reply;
    },
    live: async (after, listener) => {
      const held = await token();
      if (!held.ok) return held;
      return ok(openLive(parts.openSocket(`${base.replace(/^http/, "ws")}/live`), held.value, after, listener));
    },
  };
}

/** The mailbox named `name` (32 hex digits). */
export function openMailbox(fetch: Fetch, relay: string, name: string): Mailbox {
  const url = `${relay}/v1/mailboxes/${name}`;
  return {
    post: async (message) => {
      const reply = await requestChecked(fetch, url, { method: "POST", body: bodyOf(message) });
      return reply.ok ? ok(null) : reply;
    },
    read: async (number, signal) => {
      const reply = await requestChecked(fetch, `${url}?after=${number}`, { signal });
      const page = reply.ok ? await jsonOf<MailPage>(reply.value) : reply;
      if (!page.ok) return page;
      return ok(
        page.value.messages.map((mail) => ({ number: mail.number, body: base64urlToBytes(mail.body) ?? new Uint8Array(0) })),
      );
    },
  };
}

async function requestSession(parts: RelayClientParts): Promise<Result<string, TransportError>> {
  const { relay, library, device } = parts;
  const asked = await requestChecked(parts.fetch, `${relay}/v1/challenges`, jsonBody({ library, device }));
  const challenge = asked.ok ? await jsonOf<Challenge>(asked.value) : asked;
  if (!challenge.ok) return challenge;
  const { nonce, expires } = challenge.value;
  // Signed for the origin this device reached, never for one that the relay claims: a relay cannot pass on another's challenge.
  const origin = new URL(relay).origin;
  const nonceBytes = base64urlToBytes(nonce);
  if (nonceBytes?.length !== 32) return damaged("the relay's challenge is damaged");
  const signature = bytesToBase64url(parts.signChallenge(challengeMessage({ library, device }, nonceBytes, expires, origin)));
  const answered = await requestChecked(parts.fetch, `${relay}/v1/sessions`, jsonBody({ library, device, nonce, signature }));
  const session = answered.ok ? await jsonOf<Session>(answered.value) : answered;
  return session.ok ? ok(session.value.token) : session;
}

function jsonBody(value: unknown): RequestInit {
  return { method: "POST", body: JSON.stringify(value), headers: { "content-type": "application/json" } };
}

/** The types of fetch ask for bytes that are not shared between threads; ours never are. */
function bodyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
