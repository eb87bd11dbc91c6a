/**
 * Documents: the library's facts as automerge-repo DocHandles, for other tools, inspection and history. `facts/<n>` holds the
 * events of heights 1024·n … 1024·n + 1023 as a flat map fact id → bytes. A handle is built from the verified log when it is
 * asked for and brought up to date when it is asked for again; the log stays the truth, so the repo has neither network nor
 * storage: nothing of it is sent anywhere, and nothing said in it is lost with it.
 */
import { type AnyDocumentId, type DocHandle, type DocumentId, interpretAsDocumentId, Repo } from "@automerge/automerge-repo/slim";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import type { FactDocument } from "@albumen/core/documents/author.ts";
import type { DocumentChange } from "@albumen/core/documents/content.ts";
import { applicableChanges, rebuildDocument } from "@albumen/core/documents/rebuild.ts";
import { labelledHash } from "@albumen/core/crypto/hash.ts";
import { idToBytes, type LibraryId } from "@albumen/core/ids/ids.ts";
import { concatBytes, u64ToBytes } from "@albumen/core/primitives/bytes.ts";

/** The fact documents of one library. */
export interface FactDocuments {
  /** Numbers of the documents that hold anything, ascending. */
  readonly numbers: () => readonly number[];
  /** The document `number`, up to date with the log; empty but for its genesis where nothing is in it. */
  readonly open: (number: number) => DocHandle<FactDocument>;
}

/** The documents over the changes that `changes` gives at each call. */
export function createFactDocuments(library: LibraryId, changes: () => readonly DocumentChange[]): FactDocuments {
  const repo = new Repo({ network: [], sharePolicy: async () => false });
  const handles = new Map<number, DocHandle<FactDocument>>();
  return {
    numbers: () => [...new Set(changes().map((change) => change.document))].sort((a, b) => a - b),
    open: (number) => {
      const own = changes().filter((change) => change.document === number);
      const known = handles.get(number);
      if (known !== undefined) {
        const bytes = applicableChanges(own).map((change) => change.bytes);
        known.update((doc) => Automerge.applyChanges(doc, bytes)[0]);
        return known;
      }
      const docId = documentIdOf(library, number);
      const handle = repo.import<FactDocument>(Automerge.save(rebuildDocument(own)), { docId });
      handles.set(number, handle);
      return handle;
    },
  };
}

/** The same id on every device of the library, and nothing that tells which library or document it is. */
function documentIdOf(library: LibraryId, number: number): DocumentId {
  const id = labelledHash("albumen document 1", concatBytes(idToBytes(library), u64ToBytes(number)), 16);
  return interpretAsDocumentId(id as Uint8Array as AnyDocumentId);
}
