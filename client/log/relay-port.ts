/** Port: a relay as the log needs it. `client/transport` speaks it over fetch and WebSocket. */
import type { DeviceId, LibraryId } from "@albumen/core/ids/ids.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { Page } from "@albumen/core/wire/page.ts";
import type { AppendOutcome, FoundLibrary } from "@albumen/core/wire/relay-api.ts";

/** Why a request failed; `reason` holds no key and no token. */
export interface TransportError {
  readonly kind: "unreachable" | "refused" | "not-found" | "damaged";
  readonly reason: string;
  /** Seconds after which trying again makes sense; null where unknown. */
  readonly retryAfter: number | null;
}

/** Who speaks. */
export interface RelayIdentity {
  /** Address without a slash at its end. */
  readonly relay: string;
  readonly library: LibraryId;
  readonly device: DeviceId;
  /** The signature of this device over a challenge's message. */
  readonly signChallenge: (message: Uint8Array) => Uint8Array;
}

/** Whoever wants to know in which libraries its key is; the words have nothing but their key. */
export interface KeyHolder {
  /** Address without a slash at its end. */
  readonly relay: string;
  readonly device: DeviceId;
  /** The signature of this key over a find's message, under the label "albumen find 1". */
  readonly signFind: (message: Uint8Array) => Uint8Array;
}

/** A live connection. */
export interface LiveConnection {
  readonly close: () => void;
}

/** What a live connection tells. */
export interface LiveListener {
  readonly page: (page: Page) => void;
  /** It ended; `reason` as one sentence. Called once. */
  readonly closed: (reason: string) => void;
}

/** What a device asks of a relay. */
export interface RelayClient {
  /** Outcomes in the order of `records`. */
  readonly append: (records: readonly Uint8Array[]) => Promise<Result<readonly AppendOutcome[], TransportError>>;
  readonly read: (after: number, limit: number) => Promise<Result<Page, TransportError>>;
  readonly putBlob: (name: string, bytes: Uint8Array) => Promise<Result<null, TransportError>>;
  readonly getBlob: (name: string) => Promise<Result<Uint8Array, TransportError>>;
  /** Pages of records as they arrive, from after `after` on. */
  readonly live: (after: number, listener: LiveListener) => Promise<Result<LiveConnection, TransportError>>;
}

/** A message in a mailbox. */
export interface Mail {
  /** From 1; a safe integer. */
  readonly number: number;
  readonly body: Uint8Array;
}

/** A pairing mailbox. */
export interface Mailbox {
  readonly post: (message: Uint8Array, signal: AbortSignal) => Promise<Result<null, TransportError>>;
  /** Messages after `number`; waits up to the relay's limit for one, `signal` ends the wait. */
  readonly read: (number: number, signal: AbortSignal) => Promise<Result<readonly Mail[], TransportError>>;
}

/** How to reach relays. */
export interface RelayTransport {
  readonly connect: (identity: RelayIdentity) => RelayClient;
  /** The libraries that the relay knows the key in, at most 100: a hint of where to read, which proves nothing. */
  readonly findLibraries: (holder: KeyHolder) => Promise<Result<readonly FoundLibrary[], TransportError>>;
  /** The mailbox `name` (32 hex digits) at `relay`. */
  readonly mailbox: (relay: string, name: string) => Mailbox;
}
