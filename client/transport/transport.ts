/** The relay transport over a given fetch and WebSocket. */
import type { RelayTransport } from "../log/relay-port.ts";
import { findLibraries } from "./find-libraries.ts";
import type { Fetch } from "./http.ts";
import type { OpenSocket } from "./live.ts";
import { openMailbox } from "./mailbox.ts";
import { createRelayClient } from "./relay-client.ts";

/** Relays over `fetch` and `openSocket`. */
export function createTransport(fetch: Fetch, openSocket: OpenSocket): RelayTransport {
  return {
    connect: (identity) => createRelayClient({ ...identity, fetch, openSocket }),
    findLibraries: (holder) => findLibraries(fetch, holder),
    mailbox: (relay, name) => openMailbox(fetch, relay, name),
  };
}
