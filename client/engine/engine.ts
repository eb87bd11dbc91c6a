/** The engine behind `api.ts`: one device's log with its relay, its photos and its imports. */
import type { AlbumId, PersonId } from "@albumen/core/ids/ids.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { ok } from "@albumen/core/primitives/result.ts";
import { explainMembership } from "@albumen/core/projection/explain.ts";
import { planEdit } from "@albumen/core/projection/plan-edit.ts";
import { adoptRecords, removeDevices, rotateKeys } from "../log/authority.ts";
import type { EncryptedLog } from "../log/log.ts";
import { checkWords, newWords } from "../log/recovery-words.ts";
import { linkToRelay } from "../log/relay-link.ts";
import type { Engine } from "./api.ts";
import { downloadBlobs, uploadBlobs } from "./blob-sync.ts";
import { openDesk } from "./desk.ts";
import { importFiles } from "./import.ts";
import type { EngineParts } from "./parts.ts";
import { readOriginal } from "./originals.ts";
import { verifyIndex } from "./verify.ts";

/** The engine over the log of one device, whose store also holds index records and pictures. */
export async function createEngine(parts: EngineParts, log: EncryptedLog): Promise<Engine> {
  const desk = await openDesk(parts, log);
  const { relay, sync, startSync, invite, close } = linkToRelay(log, {
    upload: (client) => uploadBlobs(desk, client),
    download: (client) => downloadBlobs(desk, client),
  });
  let fetching: Promise<unknown> | null = null;
  return {
    get state() {
      return desk.state();
    },
    state$: desk.state$,
    newPersonId: () => bytesToHex(parts.random(16)) as PersonId,
    newAlbumId: () => bytesToHex(parts.random(16)) as AlbumId,
    edit: (edit) =>
      log.exclusive(async () => {
        const planned = planEdit(edit, desk.projection());
        if (!planned.ok) return planned;
        const { what, facts } = planned.value;
        const written = await desk.writeEvent({ what, says: { kind: "facts", facts } });
        return written.ok ? ok(`${written.value}.0`) : written;
      }),
    explain: (album, photo) => explainMembership(desk.projection(), album, photo),
    importFiles: (files, options) => importFiles(desk, files, options),
    sync,
    startSync,
    invite,
    removeDevices: (devices, words) => removeDevices(log, devices, words),
    adopt: (record) => adoptRecords(log, record),
    rotateKeys: () => rotateKeys(log),
    newWords: (old) => newWords(log, old),
    checkWords: (text) => checkWords(log, text),
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
    whenVerified: log.whenVerified,
    factDocuments: async () => {
      // A snapshot remembers what changes said, not the changes.
      await log.whenVerified();
      const { createFactDocuments } = await import("./documents.ts");
      return createFactDocuments(log.identity.library, log.journal.ledger.changes);
    },
    close,
  };
}
