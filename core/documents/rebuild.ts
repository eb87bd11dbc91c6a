/**
 * Documents from changes: the interoperable surface. Whatever order the changes come in, the same set gives the same heads.
 * Left out, and named by nobody's fault but their author's: a second change at one (actor, seq), of which the one with the
 * lower hash stays, and what does not follow its actor's previous change exactly.
 */
import { bytesToHex, compareText } from "../primitives/bytes.ts";
import { Automerge } from "./automerge.ts";
import { genesis, type FactDocument } from "./author.ts";
import type { DocumentChange } from "./content.ts";
import type { VerifiedChange } from "./verified-change.ts";
import { decodeChange } from "./verify-change.ts";

/** The changes of one document that follow from genesis, actor by actor, in order. */
export function applicableChanges(changes: readonly DocumentChange[]): readonly DocumentChange[] {
  const sorted = changes.map(takeApart);
  sorted.sort(([a], [b]) => compareText(a.actor, b.actor) || a.seq - b.seq || compareText(a.hash, b.hash));
  const applicable: DocumentChange[] = [];
  let previous: VerifiedChange | null = null;
  for (const [change, whole] of sorted) {
    const last: VerifiedChange | null = previous?.actor === change.actor ? previous : null;
    const dependency = last?.hash ?? genesisHash;
    const startOp = last === null ? 2 : last.startOp + last.entries.length;
    if (change.seq !== (last?.seq ?? 0) + 1 || change.dependency !== dependency || change.startOp !== startOp) continue;
    applicable.push(whole);
    previous = change;
  }
  return applicable;
}

function takeApart(change: DocumentChange): [VerifiedChange, DocumentChange] {
  const decoded = decodeChange(change.bytes);
  if (!decoded.ok) throw new Error(`a verified change is none: ${decoded.error.reason}`);
  return [decoded.value, change];
}

/** The document that `changes` give; all of them in one batch, which is what Automerge is fast at. */
export function rebuildDocument(changes: readonly DocumentChange[]): Automerge.Doc<FactDocument> {
  const bytes = applicableChanges(changes).map((change) => change.bytes);
  return Automerge.applyChanges(Automerge.init<FactDocument>(), [genesis, ...bytes])[0];
}

/** The bytes that a document holds, by key, in order of key. */
export function documentEntries(doc: Automerge.Doc<FactDocument>): readonly (readonly [string, Uint8Array])[] {
  const entries: (readonly [string, Uint8Array])[] = [];
  for (const key of Object.keys(doc).sort(compareText)) {
    const value = doc[key];
    if (value instanceof Uint8Array) entries.push([key, value]);
  }
  return entries;
}

/** SHA-256 of the genesis chunk: its checksum, bytes 4 … 8 of the change, is this hash's beginning. */
const genesisHash = "084f8f0678dbd44c774639b8d9627894bf3684301acb667e05aa3c1aeb1b1c98";

if (bytesToHex(genesis.subarray(4, 8)) !== genesisHash.slice(0, 8)) throw new Error("the genesis change is damaged");
