/**
 * Attaching a repository: `attachRepo(repo, log)` lets the encrypted log carry every document of an automerge-repo `Repo`.
 *
 *   - Local changes are found by comparing each document with the log, and written in bursts; they are durable once they are in
 *     the log: `flush` and `close` write what waits.
 *   - Changes of others are applied through the handle, once they count (`core/documents/free`).
 *   - Documents that appear in the repository appear in the log, and those of the log appear in the repository: also after a
 *     restart with an empty repository that has no storage. A repository may have a storage and a network of its own; what comes
 *     to it from there is carried on, and nothing is doubled.
 *   - Where a change must go again, because it turns out not to count, the document is built anew without it. Every change that
 *     does not count stays in the log and is named in the state.
 *
 * One log carries a repository at a time. Deleting a document in the repository lets go of it until the next start.
 */
import { BehaviorSubject, type Observable } from "rxjs";
import type { Repo } from "@automerge/automerge-repo/slim";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { WriteError } from "./api.ts";
import type { EncryptedLog } from "./log.ts";
import { createBurstWriter, type After } from "./repo/bursts.ts";
import { createCarrier, type DocumentNote } from "./repo/carrier.ts";

export type { DocumentNote };

/** What can be shown of an attached repository. */
export interface AttachedState {
  /** Documents with changes that are not in the log yet. */
  readonly unwritten: number;
  /** Why the last attempt to write failed, as one sentence; null where it did not. */
  readonly problem: string | null;
  /** Changes that do not count, and documents that cannot be carried further. */
  readonly left: readonly DocumentNote[];
  /** Changes of removed devices that count because a member has built on them. */
  readonly kept: readonly DocumentNote[];
}

/** A repository whose documents the log carries. */
export interface AttachedRepo {
  readonly state: () => AttachedState;
  /** Emits the current state at once, then every new one. */
  readonly state$: Observable<AttachedState>;
  /** Writes what waits; resolves once it is durable. */
  readonly flush: () => Promise<Result<null, WriteError>>;
  /** Writes what waits and lets go of the repository; what is changed in it afterwards is not carried. */
  readonly close: () => Promise<Result<null, WriteError>>;
}

/** Lets `log` carry the documents of `repo`. `after` is a timer; absent, the system's. */
export function attachRepo(repo: Repo, log: EncryptedLog, after: After = systemTimer): AttachedRepo {
  const shown = new BehaviorSubject<AttachedState>({ unwritten: 0, problem: null, left: [], kept: [] });
  const carrier = createCarrier(repo, log, () => {
    writer.touch();
    show();
  });
  const show = (problem: string | null = shown.value.problem): void => {
    shown.next({ unwritten: carrier.lacking().length, problem, ...carrier.notes() });
  };
  const writer = createBurstWriter({ log, after, lacking: carrier.lacking, failed: show });
  const stopListening = log.onRecords(() => {
    carrier.update();
    show();
  });
  carrier.start();
  show();
  return {
    state: () => shown.value,
    state$: shown,
    flush: writer.flush,
    close: async () => {
      const written = await writer.flush();
      writer.stop();
      stopListening();
      carrier.stop();
      return written.ok ? ok(null) : written;
    },
  };
}

const systemTimer: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};
