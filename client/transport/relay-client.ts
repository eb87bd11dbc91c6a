/**
 * Relay client: `core/wire/relay-api.ts` spoken over fetch and WebSocket. It authenticates by itself: where the relay asks for
 * a session it signs a challenge and tries once more. Every failure is a sentence for people, none holds a key or a token.
 */
import { ok } from "@albumen/core/primitives/result.ts";
import { parsePage } from "@albumen/core/wire/page.ts";
import type { RelayClient, RelayIdentity } from "../log/relay-port.ts";
import { appendRecords } from "./append.ts";
import { bodyOf, bytesOf, damaged, type Fetch } from "./http.ts";
import { openLive, type OpenSocket } from "./live.ts";
import { createSession } from "./session.ts";

/** Who speaks, and the two doors to the network. */
interface RelayClientParts extends RelayIdentity {
  readonly fetch: Fetch;
  readonly openSocket: OpenSocket;
}

/** A client for one device of one library. */
export function createRelayClient(parts: RelayClientParts): RelayClient {
  const base = `${parts.relay}/v1/libraries/${parts.library}`;
  const { fetch } = parts;
  const session = createSession(parts, fetch);
  const { authorised } = session;
  return {
    append: (records) => appendRecords(`${base}/records`, records, session, fetch),
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
      const held = await session.token();
      if (!held.ok) return held;
      return ok(openLive(parts.openSocket(`${base.replace(/^http/, "ws")}/live`), held.value, after, listener));
    },
  };
}
