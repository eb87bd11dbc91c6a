/**
 * The engine as the fronts see it: one device of one library. Fronts show `state$` and call the methods; they never see a
 * store, a key or a record. Every edit is durable before its promise resolves, whether or not a relay can be reached.
 */
import type { Result } from "@albumen/core/primitives/result.ts";
import type { AlbumId, DeviceId, PersonId, PhotoId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { WordsError } from "@albumen/core/membership/words-check.ts";
import type { Edit, EditError } from "@albumen/core/projection/edit.ts";
import type { Explanation, LibraryView } from "@albumen/core/projection/view.ts";
import type { Observable } from "rxjs";
import type { LogState, PairingDialogue, SyncError, SyncReport, WriteError } from "../log/api.ts";
import type { NewWords } from "../log/recovery-words.ts";
import type { FactDocuments } from "./documents.ts";

export type {
  AsideView,
  AuthorityError,
  DeviceView,
  EvidenceView,
  PairingDialogue,
  PairingString,
  QuarantineView,
  SyncError,
  SyncReport,
  SyncState,
  WriteError,
} from "../log/api.ts";
export type { RecoverableLibrary, RecoveryDialogue } from "../log/recover.ts";
export type { NewWords };

/** Everything a front shows. */
export interface EngineState extends LogState {
  readonly view: LibraryView;
  /** Null while faces can be found; else one sentence that says why not and what still works. */
  readonly modelProblem: string | null;
}

/** One file to import. */
export interface ImportFile {
  /** Name without its folder. */
  readonly name: string;
  /** What is kept to find the original again: a path in Node, null in the browser (the bytes themselves are kept there). */
  readonly path: string | null;
  readonly read: () => Promise<Uint8Array>;
}

/** Progress of an import. */
export interface ImportProgress {
  readonly done: number;
  /** Null while the files are still being listed. */
  readonly total: number | null;
  readonly faces: number;
  /** Photos per second over the whole import so far. */
  readonly rate: number;
  /** Seconds left; null where unknown. */
  readonly secondsLeft: number | null;
  readonly file: string;
}

/** What became of an import. */
export interface ImportReport {
  readonly imported: number;
  readonly duplicates: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly faces: number;
  readonly seconds: number;
  /** True where it was stopped before its end; what was imported stays. */
  readonly stopped: boolean;
}

/** What one check of an index record by computing it again gave. */
export interface VerifyReport {
  readonly checked: number;
  readonly equal: number;
  readonly differing: readonly { readonly photo: PhotoId; readonly file: string; readonly reason: string }[];
  /** Photos whose original is not on this device, so that nothing could be computed. */
  readonly withoutOriginal: number;
}

/** One device of one library. */
export interface Engine {
  readonly state: EngineState;
  /** Emits the current state at once, then every new one. */
  readonly state$: Observable<EngineState>;
  /** Fresh ids for persons and albums that an edit names first. */
  readonly newPersonId: () => PersonId;
  readonly newAlbumId: () => AlbumId;
  /** Resolves once the edit is durable; to the id of its history entry. */
  readonly edit: (edit: Edit) => Promise<Result<string, EditError | WriteError>>;
  /** Null where there is no such album or photo. */
  readonly explain: (album: AlbumId, photo: PhotoId) => Explanation | null;
  /** Imports one file after the other; a file that cannot be read is listed and the import goes on. `signal` stops it between files. */
  readonly importFiles: (
    files: readonly ImportFile[],
    options?: { readonly progress?: (progress: ImportProgress) => void; readonly signal?: AbortSignal },
  ) => Promise<Result<ImportReport, WriteError>>;
  /** One complete round with the relay. */
  readonly sync: () => Promise<Result<SyncReport, SyncError>>;
  /** Keeps in sync over a live socket, reconnecting; returns how to stop. */
  readonly startSync: () => () => void;
  /** Admits another device. Resolves once the new device is a member. */
  readonly invite: (
    dialogue: PairingDialogue,
  ) => Promise<Result<{ readonly device: DeviceId; readonly string: string }, SyncError>>;
  /**
   * Removes devices, with a new key for those who stay; this one too, which then leaves. Those with `removal` "with-words" go only
   * with the recovery words. What they wrote and nobody here had seen is set aside and can be adopted.
   */
  readonly removeDevices: (devices: readonly DeviceId[], words: string | null) => Promise<Result<null, WriteError>>;
  /** Lets a record that is set aside count, with all before it in its device's chain. */
  readonly adopt: (record: RecordHash) => Promise<Result<null, WriteError>>;
  /** Gives the library a new key. */
  readonly rotateKeys: () => Promise<Result<null, WriteError>>;
  /** New recovery words, shown once: in place of `old`, or beside the old ones where it is null. */
  readonly newWords: (old: string | null) => Promise<Result<NewWords, WriteError>>;
  /** Whether `text` is the library's recovery words, by their key; where it is, `state.wordsUnchecked` ends. */
  readonly checkWords: (text: string) => Promise<Result<null, WordsError>>;
  /** JPEG, upright, longest side ≤ 768; from this device or, decrypted, from the relay. Null where nobody has it yet. */
  readonly thumbnail: (photo: PhotoId) => Promise<Uint8Array | null>;
  /** The original's bytes where this device has them; null elsewhere. */
  readonly original: (photo: PhotoId) => Promise<Uint8Array | null>;
  /** Computes `sample` photos (all where null) again from their originals and compares the index records bit for bit. */
  readonly verify: (sample: number | null) => Promise<VerifyReport>;
  /** Resolves when every record of the log is verified: `state.unverified` is 0. */
  readonly whenVerified: () => Promise<void>;
  /** The facts as automerge-repo documents, for other tools; automerge-repo is loaded at the first call. */
  readonly factDocuments: () => Promise<FactDocuments>;
  readonly close: () => Promise<void>;
}
