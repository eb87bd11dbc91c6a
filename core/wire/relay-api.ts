/**
 * What devices and relays say to each other, version 1. Small messages are JSON, ids in them hex, other bytes base64url;
 * records and blobs are binary. Nothing secret stands in a URL.
 *
 *   GET  /v1                                       RelayDescription
 *   POST /v1/challenges        ChallengeRequest  → Challenge              single use, short-lived; without a library for a find
 *   POST /v1/sessions          SessionRequest    → Session                the challenge, signed: see `challengeMessage`
 *   POST /v1/libraries         FindRequest       → FoundLibraries         the challenge, signed: see `findMessage`
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

/** A device and the library it wants a session of. */
export interface SessionOwner {
  readonly library: LibraryId;
  readonly device: DeviceId;
}

/** Asks for a challenge: to open a session of a library, or, where it names none, to find the libraries of a key. */
export type ChallengeRequest = SessionOwner | { readonly device: DeviceId };

/** What to sign. */
export interface Challenge {
  /** 32 bytes, base64url. */
  readonly nonce: string;
  readonly origin: string;
  /** Milliseconds since 1970 by the relay's clock. */
  readonly expires: number;
}

/** The signed challenge for a session. */
export interface SessionRequest extends SessionOwner {
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

/** The signed challenge for a find: only who has a key learns what the relay knows of it. */
export interface FindRequest {
  readonly device: DeviceId;
  readonly nonce: string;
  /** Ed25519 over `findMessage`, base64url. */
  readonly signature: string;
}

/** A library whose roster admits the key, or once admitted it: no more than the relay knows anyway. */
export interface FoundLibrary {
  readonly library: LibraryId;
  /** Records of all devices that the relay holds of it. */
  readonly records: number;
  /** Whether the key is the library's recovery words. */
  readonly words: boolean;
  /** False where it was removed. */
  readonly member: boolean;
}

/** At most 100, in the order in which the relay met the key in them. */
export interface FoundLibraries {
  readonly libraries: readonly FoundLibrary[];
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

/** The label under which challenges for sessions are signed. */
export const challengeLabel = "albumen challenge 1" as const;

/** The label under which challenges for finds are signed: neither signature can stand in for the other. */
export const findLabel = "albumen find 1" as const;

/**
 * The bytes a device signs to open a session, without the label:
 * library ‖ device ‖ nonce (32) ‖ expiry as decimal text ‖ "\n" ‖ origin.
 */
export function challengeMessage(owner: SessionOwner, nonce: Uint8Array, expires: number, origin: string): Uint8Array {
  return concatBytes(idToBytes(owner.library), findMessage(owner.device, nonce, expires, origin));
}

/** The bytes a key signs to find its libraries, without the label: device ‖ nonce (32) ‖ expiry as decimal text ‖ "\n" ‖ origin. */
export function findMessage(device: DeviceId, nonce: Uint8Array, expires: number, origin: string): Uint8Array {
  return concatBytes(idToBytes(device), nonce, utf8(`${expires}\n${origin}`));
}
