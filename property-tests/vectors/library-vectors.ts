/** `library.json`: the small library, record by record, and all that follows from it. */
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { headEpochs } from "@albumen/core/membership/epochs.ts";
import { writableEpoch } from "@albumen/core/membership/membership.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { parseRecord } from "@albumen/core/wire/record.ts";
import { judgeRecord } from "./judge.ts";
import type { WrittenRecord } from "./scribe.ts";
import { librarySeed, type SmallLibrary } from "./small-library.ts";
import type { Json } from "./vector-file.ts";

/** The vectors of `library`. */
export function createLibraryVectors(library: SmallLibrary): Json {
  const { scribe, words, founder, phone, tablet, watch, newWords } = library;
  const people = [words, founder, phone, tablet, watch, newWords];
  const nameOf = (device: string | null): string | null => people.find(({ keys }) => keys.device === device)?.name ?? null;
  const members = scribe.membership(founder);
  return {
    provenance: {
      seed: librarySeed,
      made: "writeSmallLibrary in small-library.ts with core/membership/author.ts, core/crypto/record-seal.ts and core/documents",
    },
    members: people.map((member) => ({
      name: member.name,
      words: "text" in member ? (member.text as string) : null,
      signingSeed: bytesToHex(member.signingSeed),
      sealingSeed: bytesToHex(member.sealingSeed),
      device: member.keys.device,
      seal: bytesToHex(member.keys.seal),
    })),
    library: scribe.library(),
    records: scribe.log.map((record) => describeRecord(record, library)),
    roster: members.roster.members.map(({ device, words: isWords, addedBy, removedBy }) => {
      return { name: nameOf(device), words: isWords, addedBy: nameOf(addedBy), removedBy: nameOf(removedBy) };
    }),
    names: Object.fromEntries([...members.names].map(([device, name]) => [nameOf(device) ?? "", name])),
    epochs: members.epochs.map(({ id, parents, commitment, counts, boxes }) => {
      const key = members.keys.get(id) ?? scribe.membership(tablet).keys.get(id);
      return {
        id,
        parents: [...parents],
        commitment: bytesToHex(commitment),
        counts,
        recipients: boxes.map(({ device }) => nameOf(device)).sort(),
        key: key === undefined ? null : bytesToHex(key),
      };
    }),
    heads: headEpochs(members.epochs).map(({ id }) => id),
    writable: writableEpoch(members),
    secret: members.secret === null ? null : bytesToHex(members.secret),
    opens: people.map((member) => {
      const { keys, secret } = scribe.membership(member);
      return { name: member.name, epochs: [...keys.keys()].sort(), secret: secret !== null };
    }),
  };
}

function describeRecord({ name, bytes, hash, author }: WrittenRecord, { scribe, founder, tablet }: SmallLibrary): Json {
  const parts = parseRecord(bytes);
  if (!parts.ok) throw new Error(parts.error.reason);
  const { header, publicPart } = parts.value;
  const { roster } = scribe.membership(founder);
  const point = { sequence: header.sequence, hash };
  const judged = judgeRecord(bytes, scribe.library(), scribe.membership(author === tablet ? tablet : founder));
  const common = { name, hash, author: author.name, sequence: header.sequence, previous: header.previous, epoch: header.epoch };
  if (publicPart !== null) {
    const statement = parseStatement(publicPart)?.kind ?? null;
    return { ...common, kind: "membership", statement, counts: roster.counting.has(hash), record: bytesToHex(bytes) };
  }
  const holds = roster.isContentHeld(header.device, point);
  const { verdict, content } = judged;
  const events = content?.record.events.map((event) => ({
    what: event.what,
    at: event.at,
    height: event.height,
    facts: event.facts.map((fact) => ({ id: fact.id, cbor: bytesToHex(fact.bytes) })),
    announcement: event.announcement === null ? null : bytesToHex(event.announcement),
  }));
  const prose = content?.freeChanges.map(({ document, hash: change }) => ({ document, hash: change }));
  const seen = content?.record.seen.map(({ device, sequence, hash: at }) => ({ device, sequence, hash: at }));
  return {
    ...common,
    kind: "content",
    verdict,
    holds,
    events: events ?? null,
    freeChanges: prose ?? null,
    seen: seen ?? null,
    record: bytesToHex(bytes),
  };
}
