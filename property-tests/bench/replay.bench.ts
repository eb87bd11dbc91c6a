/**
 * Replay of 100,000 single-fact records by four devices: cold, that is from the stored bytes through every check (hash, chain,
 * signatures of the tips, decryption, inflation, schema, change, ids of facts) and the projection to the digest; and from a
 * snapshot with a tail of 1,000 records, as a device starts. The peer is Automerge's own batch apply of the same changes, one
 * batch for each document, in the same run.
 */
import { createLedger, type Ledger } from "@albumen/client/log/ledger.ts";
import { openJournal } from "@albumen/client/log/journal.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { genesis } from "@albumen/core/documents/author.ts";
import { applicableChanges, documentEntries } from "@albumen/core/documents/rebuild.ts";
import type { DocumentChange } from "@albumen/core/documents/content.ts";
import type { Digest } from "@albumen/core/projection/view.ts";
import { projectLibrary } from "@albumen/core/projection/project.ts";
import { clusterFaces } from "@albumen/models/cluster/cluster.ts";
import { createLargeLibrary, type LargeLibrary } from "../arbitraries/large-library.ts";
import { writeManyFacts } from "../arbitraries/many-facts.ts";
import { createWrittenLog } from "../arbitraries/written-log.ts";
import { addRecords, storeWith } from "../snapshot/remembered-world.ts";
import type { Bench } from "./bench.ts";

const limits = { ratio: 0.4, fromSnapshot: 1000 } as const;
const never = async (): Promise<boolean> => true;

/** The benchmark. */
export const bench: Bench = {
  name: "replay",
  what: "100,000 single-fact records to the digest: cold, and from a snapshot with a tail of 1,000",
  run: async ({ quick, now }) => {
    const facts = quick ? 3000 : 100_000;
    const library = createLargeLibrary({ photos: quick ? 500 : 20_000, people: quick ? 30 : 300, albums: 12 }, 7);
    const log = createWrittenLog(7, 4);
    writeManyFacts(log, library, facts);
    const { records } = log;
    const [founder] = log.writers;
    if (founder === undefined) throw new Error("a log needs a founder");
    const cold = (): { readonly ledger: Ledger; readonly digest: Digest } => {
      const ledger = createLedger(log.library, founder.keys);
      ledger.commit(ledger.stage(records).accepted);
      return { ledger, digest: digestOf(ledger, library) };
    };
    const first = cold();
    if (first.ledger.apart().length > 0) throw new Error("a record of the benchmark does not count");
    const coldTime = bestOf(quick ? 1 : 3, now, cold);
    const byDocument = groupByDocument(first.ledger.changes());
    const peerTime = bestOf(quick ? 1 : 2, now, () => byDocument.map(applyBatch));
    checkDocuments(byDocument, first.ledger);

    const covered = records.length - 1000;
    const store = await storeWith(records.slice(0, covered));
    await (await openJournal(store, log.library, founder.keys)).keepSnapshot(never);
    await addRecords(store, records.slice(covered), covered);
    const times: number[] = [];
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      const start = now();
      const journal = await openJournal(store, log.library, founder.keys);
      const { digest } = digestOf(journal.ledger, library);
      times.push(now() - start);
      if (journal.unverified() !== covered) throw new Error("the snapshot was not used");
      if (digest !== first.digest.digest) throw new Error("a snapshot with a tail gives another digest");
    }
    const fromSnapshot = Math.min(...times);
    const bytes = records.reduce((sum, record) => sum + record.length, 0) / records.length;
    const ratio = coldTime / peerTime;
    return [
      {
        metric: "cold replay to the digest",
        value: coldTime,
        unit: "ms",
        peer: peerTime,
        ratio,
        limit: `≤ ${limits.ratio} × Automerge's batch apply`,
        ok: ratio <= limits.ratio,
      },
      { metric: "cold replay", value: records.length / (coldTime / 1000), unit: "records/s" },
      {
        metric: "from snapshot and 1,000 records",
        value: fromSnapshot,
        unit: "ms",
        limit: `≤ ${limits.fromSnapshot} ms`,
        ok: fromSnapshot <= limits.fromSnapshot,
      },
      { metric: "record", value: bytes, unit: "bytes", limit: "≤ 512 bytes", ok: bytes <= 512 },
    ];
  },
};

function digestOf(ledger: Ledger, library: LargeLibrary): Digest {
  return projectLibrary({
    records: ledger.verified(),
    isVoid: ledger.isVoid,
    seniority: (device) => ledger.membership()?.roster.memberOf(device)?.rank ?? Number.POSITIVE_INFINITY,
    indexRecords: library.indexRecords,
    cluster: clusterFaces,
    today: null,
  }).view.digest;
}

/** Milliseconds of the fastest of `rounds` runs: what else the machine does only ever adds. */
function bestOf(rounds: number, now: () => number, work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = now();
    work();
    return now() - start;
  });
  return Math.min(...times);
}

function groupByDocument(changes: readonly DocumentChange[]): readonly (readonly Uint8Array[])[] {
  const byDocument = new Map<number, DocumentChange[]>();
  for (const change of changes) {
    const own = byDocument.get(change.document);
    if (own === undefined) byDocument.set(change.document, [change]);
    else own.push(change);
  }
  return [...byDocument.values()].map((own) => applicableChanges(own).map(({ bytes }) => bytes));
}

function applyBatch(changes: readonly Uint8Array[]): Automerge.Doc<Record<string, Uint8Array | number>> {
  return Automerge.applyChanges(Automerge.init<Record<string, Uint8Array | number>>(), [genesis, ...changes])[0];
}

/** The documents hold the facts that the records state, each once. */
function checkDocuments(byDocument: readonly (readonly Uint8Array[])[], ledger: Ledger): void {
  const held = byDocument.flatMap((changes) => documentEntries(applyBatch(changes))).length;
  const stated = ledger
    .verified()
    .reduce((sum, { events }) => sum + events.reduce((all, event) => all + event.facts.length, 0), 0);
  if (held !== stated) throw new Error(`the documents hold ${held} facts, the records state ${stated}`);
}
