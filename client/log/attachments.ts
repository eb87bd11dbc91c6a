/**
 * Attachments: what an application carries beside its records, as blobs. A round of sync sends blobs before the records that
 * announce them and fetches blobs after the records that name them.
 */
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { RelayClient, TransportError } from "./relay-port.ts";

/** Moves the blobs of an application; each resolves to how many it moved. */
export interface Attachments {
  readonly upload: (relay: RelayClient) => Promise<Result<number, TransportError>>;
  readonly download: (relay: RelayClient) => Promise<Result<number, TransportError>>;
}

/** A log alone has none. */
export const noAttachments: Attachments = { upload: async () => ok(0), download: async () => ok(0) };
