/**
 * What devices and relays say to each other, version 1. Small messages are JSON, ids in them hex, other bytes base64url;
 * records and blobs are binary. Nothing secret stands in a URL.
 *
 *   GET  /v1                                       RelayDescription
 *   POST /v1/challenges        ChallengeRequest  → Challenge              single use, short-lived
 *   POST /v1/sessions          SessionRequest    → Session                the challenge, signed: see `challengeMessage`
 *   POST /v1/libraries/L/records   page (upload) → AppendReply            bearer token; without one only membership records
 *   GET  /v1/libraries/L/records?after=N&limit=M → page (download)
 *   GET  /v1/libraries/L/live                    → WebSocket, see LiveRequest and LiveFrame
 *   PUT  /v1/libraries/L/blobs/NAME    bytes     → BlobReply              NAME = BLAKE2b-256 of the bytes
 *   GET  /v1/libraries/L/blobs/NAME              → bytes                  `Range` is honoured
 *   HEAD /v1/libraries/L/blobs/NAME              → 200 or 404
 *   POST /v1/mailboxes/M           bytes         → MailReply              pairing; no authentication: M is unguessable
 *   GET  /v1/mailboxes/M?after=N                 → MailPage               waits up to `mailboxWaitSeconds` for news
 *
 * Every refusal is a RelayError with its HTTP status.
 */
import { concatBytes, utf8 } from "../primitives/bytes.ts";
import { idToBytes, type DeviceId, type LibraryId } from "../ids/ids.ts";

/** `GET /v1`: the relay describes itself. */
export interface RelayDescription {
  readonly name: "albumen-relay";
  /** Protocol versions it speaks. */
  readonly versions: readonly number[];
  /** The origin that challenges are bound to, such as "http://127.0.0.1:8787". */
  readonly origin: string;
  /** Sizes in bytes, counts, seconds. */
  readonly limits: {
    readonly recordBytes: number;
    readonly pageBytes: number;
    readonly pageRecords: number;
    readonly blobBytes: number;
    readonly mailBytes: number;
    readonly mailboxSeconds: number;
    readonly mailboxWaitSeconds: number;
    readonly sessionSeconds: number;
  };
}

/** Asks for a challenge. */
export interface ChallengeRequest {
  readonly library: LibraryId;
  readonly device: DeviceId;
}

/** What to sign. */
export interface Challenge {
  /** 32 bytes, base64url. */
  readonly nonce: string;
  readonly origin: string;
  /** Milliseconds since 1970 by the relay's clock. */
  readonly expires: number;
}

/** The signed challenge. */
export interface SessionRequest extends ChallengeRequest {
  readonly nonce: string;
  /** Ed25519 over `challengeMessage`, base64url. */
  readonly signature: string;
}

/** A bearer token for one device and one library. */
export interface Session {
  readonly token: string;
  /** Milliseconds since 1970 by the relay's clock. */
  readonly expires: number;
}

/** What became of one appended record. */
export interface AppendOutcome {
  readonly outcome: "stored" | "duplicate" | "forked" | "refused";
  /** Its place in the log, where it has one. */
  readonly sequence: number | null;
  /** Why it was refused; null otherwise. */
  readonly reason: string | null;
}

/** Outcomes in the order of the upload. */
export interface AppendReply {
  readonly outcomes: readonly AppendOutcome[];
}

/** What became of a blob. */
export interface BlobReply {
  readonly outcome: "stored" | "duplicate";
}

/** The number the message got in its mailbox, from 1. */
export interface MailReply {
  readonly number: number;
}

/** Messages after the asked number, oldest first, base64url. */
export interface MailPage {
  readonly messages: readonly { readonly number: number; readonly body: string }[];
}

/** A refusal, in words for people. */
export interface RelayError {
  readonly error: RelayErrorKind;
  readonly reason: string;
  /** Seconds after which trying again makes sense; null where it does not. */
  readonly retryAfter: number | null;
}

/** Every kind of refusal. */
export type RelayErrorKind =
  | "bad-request"
  | "unauthorised"
  | "forbidden"
  | "not-found"
  | "too-large"
  | "too-many-requests"
  | "quota-exceeded"
  | "unsupported-version"
  | "unavailable";

/**
 * Text frames a device sends on the live socket. `open` comes first, within 10 s. Each `credit` allows that many more bytes
 * of frames: the relay sends nothing beyond it, so a slow reader bounds the relay's memory.
 */
export type LiveRequest =
  | { readonly type: "open"; readonly token: string; readonly after: number; readonly credit: number }
  | { readonly type: "credit"; readonly bytes: number };

/** Text frames the relay sends; records themselves come as binary pages (download form). */
export type LiveFrame = { readonly type: "opened"; readonly last: number } | { readonly type: "closed"; readonly reason: string };

/** The label under which challenges are signed. */
export const challengeLabel = "albumen challenge 1" as const;

/**
 * The bytes a device signs to open a session, without the label:
 * library ‖ device ‖ nonce (32) ‖ expiry as decimal text ‖ "\n" ‖ origin.
 */
export function challengeMessage(request: ChallengeRequest, nonce: Uint8Array, expires: number, origin: string): Uint8Array {
  return concatBytes(idToBytes(request.library), idToBytes(request.device), nonce, utf8(`${expires}\n${origin}`));
}
