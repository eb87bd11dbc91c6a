/** The engine behind `api.ts`: one device's desk with its relay, its imports and its pairings. */
import { sign } from "@albumen/core/crypto/sign.ts";
import type { AlbumId, PersonId } from "@albumen/core/ids/ids.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { explainMembership } from "@albumen/core/projection/explain.ts";
import { planEdit } from "@albumen/core/projection/plan-edit.ts";
import type { Engine, SyncError, SyncReport } from "./api.ts";
import { downloadBlobs } from "./blob-sync.ts";
import { openDesk, type Desk } from "./desk.ts";
import type { Identity } from "./identity.ts";
import { importFiles } from "./import.ts";
import { inviteDevice } from "./invite.ts";
import { startLiveSync } from "./live-sync.ts";
import type { EngineParts } from "./parts.ts";
import { readOriginal } from "./originals.ts";
import { runRound } from "./round.ts";
import { verifyIndex } from "./verify.ts";

/** The engine of the device that `identity` is; its records are in the store. */
export async function createEngine(parts: EngineParts, identity: Identity): Promise<Engine> {
  const desk = await openDesk(parts, identity);
  const { relay: address, library } = identity;
  const { device, signing } = desk.keys;
  const signChallenge = (message: Uint8Array): Uint8Array => sign("albumen challenge 1", message, signing);
  const relay = parts.transport.connect({ relay: address, library, device, signChallenge });
  const round = oneAtATime(() => runRound(desk, relay));
  const stops = new Set<() => void>();
  let fetching: Promise<unknown> | null = null;
  return {
    get state() {
      return desk.state();
    },
    state$: desk.state$,
    newPersonId: () => bytesToHex(parts.random(16)) as PersonId,
    newAlbumId: () => bytesToHex(parts.random(16)) as AlbumId,
    edit: (edit) =>
      desk.exclusive(async () => {
        const planned = planEdit(edit, desk.projection());
        if (!planned.ok) return planned;
        const written = await desk.writeEvent({ ...planned.value, announcement: null });
        return written.ok ? ok(`${written.value}.0`) : written;
      }),
    explain: (album, photo) => explainMembership(desk.projection(), album, photo),
    importFiles: (files, options) => importFiles(desk, files, options),
    sync: round,
    startSync: () => {
      const stop = startLiveSync(desk, relay, round);
      stops.add(stop);
      return () => {
        if (stops.delete(stop)) stop();
      };
    },
    invite: (dialogue) => inviteDevice(desk, dialogue, round),
    thumbnail: async (photo) => {
      const held = await parts.store.get("thumbnails", photo);
      if (held !== null || desk.photo(photo) === null) return held;
      // One missing thumbnail fetches all that are missing, in order: a single request would say what somebody looks at.
      fetching ??= downloadBlobs(desk, relay).finally(() => {
        fetching = null;
      });
      await fetching;
      return parts.store.get("thumbnails", photo);
    },
    original: (photo) => readOriginal(parts, photo),
    verify: (sample) => verifyIndex(desk, sample),
    factDocuments: async () => {
      const { createFactDocuments } = await import("./documents.ts");
      return createFactDocuments(library, desk.journal.ledger.changes);
    },
    close: async () => {
      for (const stop of stops) stop();
      await closeDesk(desk);
    },
  };
}

async function closeDesk(desk: Desk): Promise<void> {
  await desk.exclusive(() => desk.parts.store.close());
}

/** Rounds do not overlap: who asks during one gets the next. A round that breaks is a failed round, and the next one runs. */
function oneAtATime(run: () => Promise<Result<SyncReport, SyncError>>): () => Promise<Result<SyncReport, SyncError>> {
  let current: Promise<unknown> = Promise.resolve();
  let next: Promise<Result<SyncReport, SyncError>> | null = null;
  return () => {
    next ??= current.then(() => {
      next = null;
      const running = run().catch(
        (cause: unknown): Result<SyncReport, SyncError> => err({ kind: "damaged", reason: wordsOf(cause) }),
      );
      current = running;
      return running;
    });
    return next;
  };
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : "something broke that has no words";
}
