/**
 * What one relay allows. Wire sizes (record, page) are the protocol's and stand in core/wire; these are the operator's.
 * Rates are token buckets: `burst` requests at once, `perMinute` in the long run.
 */

/** A token bucket's size and refill. */
export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

/** Everything that is bounded. */
export interface RelayLimits {
  /** Bytes of one blob. */
  readonly blobBytes: number;
  /** Bytes of blobs being received at once, all libraries together: each is held in memory until its hash is known. */
  readonly blobBytesInFlight: number;
  /** Bytes of one mailbox message. */
  readonly mailBytes: number;
  /** Messages one mailbox takes in its life. */
  readonly mailboxMessages: number;
  readonly mailboxes: number;
  /** Bytes of all mail together: it is held in memory, and anybody may post. */
  readonly mailboxBytes: number;
  /** Seconds a mailbox lives after its first message. */
  readonly mailboxSeconds: number;
  /** Seconds a reader may wait for a message. */
  readonly mailboxWaitSeconds: number;
  /** Readers that wait at once. */
  readonly mailboxWaiters: number;
  readonly challengeSeconds: number;
  readonly sessionSeconds: number;
  readonly sessions: number;
  /** Sessions of one device; one more ends its oldest. */
  readonly sessionsPerDevice: number;
  /** Bytes of records of one library. */
  readonly libraryRecordBytes: number;
  /** Bytes of blobs of one library. */
  readonly libraryBlobBytes: number;
  /** Membership records of one library: all are evaluated whenever another one comes. */
  readonly libraryMembership: number;
  /** Bytes of membership records of one library: all statements are held in memory while the library is in use. */
  readonly libraryMembershipBytes: number;
  readonly libraries: number;
  readonly liveSockets: number;
  readonly liveSocketsPerAddress: number;
  /** Seconds until `open` must have come. */
  readonly liveOpenSeconds: number;
  /** Seconds between pings; a socket that answered none of the last two is ended. */
  readonly livePingSeconds: number;
  /** Bytes of credit that are honoured at once. */
  readonly liveCreditBytes: number;
  /** Requests by one address. */
  readonly addressRate: Rate;
  /** Requests by one device with a session. */
  readonly deviceRate: Rate;
  /** Finds of libraries by one address: one may evaluate a hundred rosters. */
  readonly findRate: Rate;
  /** Membership records by one device, and records without a session by one address. */
  readonly membershipRate: Rate;
}

const mebibyte = 1_048_576;

/** Generous for a family's import (100 requests/s in the long run), tight enough for a small machine. */
export const defaultLimits: RelayLimits = {
  blobBytes: 64 * mebibyte,
  blobBytesInFlight: 512 * mebibyte,
  mailBytes: 16_384,
  mailboxMessages: 32,
  mailboxes: 10_000,
  mailboxBytes: 64 * mebibyte,
  mailboxSeconds: 600,
  mailboxWaitSeconds: 20,
  mailboxWaiters: 1000,
  challengeSeconds: 60,
  sessionSeconds: 3600,
  sessions: 100_000,
  sessionsPerDevice: 32,
  libraryRecordBytes: 4096 * mebibyte,
  libraryBlobBytes: 4 * mebibyte * mebibyte,
  libraryMembership: 1024,
  libraryMembershipBytes: 32 * mebibyte,
  libraries: 100_000,
  liveSockets: 20_000,
  liveSocketsPerAddress: 1000,
  liveOpenSeconds: 10,
  livePingSeconds: 30,
  liveCreditBytes: 16 * mebibyte,
  addressRate: { burst: 6000, perMinute: 6000 },
  deviceRate: { burst: 6000, perMinute: 6000 },
  findRate: { burst: 30, perMinute: 10 },
  membershipRate: { burst: 1024, perMinute: 120 },
};
