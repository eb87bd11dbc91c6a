/**
 * Carried document: the handle of a document whose changes the log carries. It knows which changes the document holds and which of
 * them the log lacks. Events of a handle do not tell a local change from another, so nothing is taken from them: what the log
 * lacks is found by comparing. Nothing depends on the states of a handle: a document can be read or it cannot.
 */
import { sha256 } from "@albumen/core/crypto/hash.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { verifyFreeChange, type FreeChange } from "@albumen/core/documents/free-change.ts";
import type { FreeDocumentId } from "@albumen/core/ids/ids.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import type { DocHandle } from "@automerge/automerge-repo/slim";

/** A document that the log carries. */
export interface CarriedDocument {
  readonly id: FreeDocumentId;
  readonly handle: DocHandle<unknown>;
  /** Notes what the document holds now, and sees to it that it is written under the actor given; false where it cannot be read. */
  readonly look: () => boolean;
  /** Hashes of the changes that it held at the last look. */
  readonly hashes: ReadonlySet<string>;
  /** Those of its changes that are not in `held`, in the order they were made. */
  readonly lacking: (held: ReadonlySet<string>) => readonly FreeChange[];
  /** Why it is carried no further; null where it is. */
  readonly stuck: () => string | null;
  /** Applies those of `changes` that it does not hold; the same list again costs nothing. */
  readonly apply: (changes: readonly FreeChange[]) => void;
  /** Takes `displaced` and all that builds on it out again; `changes` are applied in their order, before whatever else stays. */
  readonly rebuild: (displaced: ReadonlySet<string>, changes: readonly FreeChange[]) => void;
  /** Goes on under another actor; what the log lacks is said again under it. */
  readonly renew: (actor: string, held: ReadonlySet<string>) => void;
}

/** The document of `handle`, to be written under `firstActor`. */
export function carryDocument(id: FreeDocumentId, handle: DocHandle<unknown>, firstActor: string): CarriedDocument {
  const hashes = new Set<string>();
  let lacking: FreeChange[] = [];
  let actor = firstActor;
  let heads: Automerge.Heads = [];
  let stuck: string | null = null;
  /** The list that was applied last. */
  let applied: readonly FreeChange[] | null = null;
  const scan = (doc: Automerge.Doc<unknown>): void => {
    for (const bytes of Automerge.getChangesSince(doc, heads)) {
      const hash = hashOf(bytes);
      if (hashes.has(hash)) continue;
      hashes.add(hash);
      const change = verifyFreeChange(bytes);
      if (change.ok) lacking.push(change.value);
      else stuck ??= `a change of it cannot be carried: ${change.error.reason}`;
    }
    heads = Automerge.getHeads(doc);
  };
  const replace = (doc: Automerge.Doc<unknown>): void => {
    handle.update(() => doc);
    hashes.clear();
    lacking = [];
    heads = [];
    applied = null;
    scan(doc);
  };
  const look = (): boolean => {
    const doc = readableDocument(handle);
    if (doc === null) return false;
    if (Automerge.getActorId(doc) !== actor) replace(Automerge.clone(doc, { actor }));
    else scan(doc);
    return true;
  };
  return {
    id,
    handle,
    look,
    hashes,
    lacking: (held) => {
      lacking = lacking.filter(({ hash }) => !held.has(hash));
      return lacking;
    },
    stuck: () => stuck,
    apply: (changes) => {
      if (changes === applied) return;
      const missing = changes.filter(({ hash }) => !hashes.has(hash)).map(({ bytes }) => bytes);
      if (missing.length > 0) handle.update((doc) => Automerge.applyChanges(doc, missing)[0]);
      look();
      applied = changes;
    },
    rebuild: (displaced, changes) => {
      const doc = readableDocument(handle);
      if (doc !== null) replace(withoutChanges(doc, displaced, changes, actor));
    },
    renew: (next, held) => {
      actor = next;
      const doc = readableDocument(handle);
      if (doc === null) return;
      scan(doc);
      const unsaid = new Set(lacking.filter(({ hash }) => !held.has(hash)).map(({ hash }) => hash));
      replace(unsaid.size === 0 ? Automerge.clone(doc, { actor }) : saidAgain(doc, unsaid, actor));
    },
  };
}

/** The handle's document; null where it has none to be read. */
function readableDocument(handle: DocHandle<unknown>): Automerge.Doc<unknown> | null {
  try {
    return handle.doc();
  } catch {
    return null;
  }
}

function hashOf(change: Uint8Array): string {
  return bytesToHex(sha256(change.subarray(8)));
}

function withoutChanges(
  doc: Automerge.Doc<unknown>,
  displaced: ReadonlySet<string>,
  changes: readonly FreeChange[],
  actor: string,
): Automerge.Doc<unknown> {
  const gone = new Set(displaced);
  // A document gives its changes each after what it builds on.
  for (const { hash, deps } of Automerge.getChangesMetaSince(doc, [])) {
    if (deps.some((dependency) => gone.has(dependency))) gone.add(hash);
  }
  const first = new Set(changes.map(({ hash }) => hash));
  const others = Automerge.getAllChanges(doc).filter((bytes) => !gone.has(hashOf(bytes)) && !first.has(hashOf(bytes)));
  return Automerge.applyChanges(Automerge.init<unknown>({ actor }), [...changes.map(({ bytes }) => bytes), ...others])[0];
}

/** The document without the changes `unsaid`, and with one change by `actor` that does what they did. */
function saidAgain(doc: Automerge.Doc<unknown>, unsaid: ReadonlySet<string>, actor: string): Automerge.Doc<unknown> {
  const base = withoutChanges(doc, unsaid, [], actor);
  const patches = Automerge.diff(doc, Automerge.getHeads(base), Automerge.getHeads(doc));
  return Automerge.change(base, (draft) => Automerge.applyPatches(draft, patches));
}
