/**
 * Watching a repository for documents. automerge-repo tells nobody of a new document, and its makers mean it so; each of its doors
 * is therefore followed by a look at `handles`. What is created is founded here, so that its first change is by an actor of this
 * device already: `Repo.create` would draw an actor at random, which belongs to nobody and which anybody who sees it could claim.
 */
import { Automerge } from "@albumen/core/documents/automerge.ts";
import {
  type DocHandle,
  generateAutomergeUrl,
  parseAutomergeUrl,
  type DocumentId,
  type Repo,
} from "@automerge/automerge-repo/slim";

/** What is told of a repository. */
export interface RepoListener {
  /** A fresh actor of this device. */
  readonly newActor: () => string;
  /** A document that was not told of before; it need not be loaded yet. */
  readonly found: (handle: DocHandle<unknown>) => void;
  readonly deleted: (id: DocumentId) => void;
}

/** Methods through which documents come into a repository, beside `create`. */
const doors = ["import", "find", "findClassic", "findWithProgress", "create2"] as const;

/** Tells of every document of `repo`, those that it has first; returns how to stop. */
export function watchRepo(repo: Repo, { newActor, found, deleted }: RepoListener): () => void {
  const known = new Set<DocumentId>();
  const look = (): void => {
    for (const handle of Object.values(repo.handles)) {
      if (known.has(handle.documentId)) continue;
      known.add(handle.documentId);
      found(handle);
    }
  };
  const onDelete = ({ documentId }: { readonly documentId: DocumentId }): void => {
    known.delete(documentId);
    deleted(documentId);
  };
  const replaced = doors.filter((name) => typeof repo[name] === "function");
  for (const name of replaced) follow(repo, name, look);
  replace(repo, "create", (initial: unknown) => {
    const { documentId: docId } = parseAutomergeUrl(generateAutomergeUrl());
    const handle = repo.import(Automerge.save(foundDocument(initial, newActor())), { docId });
    // What is imported is not saved before its first change; a repository with a storage of its own saves what it creates.
    void repo.flush([docId]).catch(() => undefined);
    return handle;
  });
  repo.on("delete-document", onDelete);
  look();
  return () => {
    for (const name of [...replaced, "create"]) Reflect.deleteProperty(repo, name);
    repo.off("delete-document", onDelete);
  };
}

/** A document that begins as `Repo.create` would have it begin. */
function foundDocument(initial: unknown, actor: string): Automerge.Doc<unknown> {
  const isMap = typeof initial === "object" && initial !== null && !Array.isArray(initial);
  if (isMap && Object.keys(initial).length > 0) return Automerge.from(initial as Record<string, unknown>, { actor });
  return Automerge.emptyChange(Automerge.init<unknown>({ actor }));
}

/** Calls `look` after each call of a method of `repo`. */
function follow(repo: Repo, name: (typeof doors)[number], look: () => void): void {
  const original: (...words: never[]) => unknown = repo[name];
  replace(repo, name, (...words: readonly unknown[]) => {
    const outcome = Reflect.apply(original, repo, words);
    look();
    return outcome;
  });
}

/** Puts a method over the one of the class, until it is deleted again. */
function replace(repo: Repo, name: string, method: (...words: readonly unknown[]) => unknown): void {
  Object.defineProperty(repo, name, { configurable: true, enumerable: false, writable: true, value: method });
}
