/**
 * Deleted entities. A delete holds iff it is live and its author had seen every live fact about the entity: who went on
 * working with a person or an album elsewhere keeps it. A photo is purged iff its author had seen every announcement and
 * every live restore of it: whoever holds the bytes and announces them again brings it back.
 */
import type { Assertion, EventSource } from "../facts/assertion.ts";
import type { Entity } from "../facts/fact.ts";
import type { Statement, StatementOf } from "../facts/statement.ts";
import type { AlbumId, PersonId, PhotoId } from "../ids/ids.ts";
import { findCausalPasts } from "./causal-past.ts";
import type { EventLog } from "./event-log.ts";
import type { LiveFacts } from "./live-facts.ts";
import type { CanonicalPhoto } from "./announced-photos.ts";

/** What is gone. */
export interface DeletedEntities {
  readonly people: ReadonlySet<PersonId>;
  readonly albums: ReadonlySet<AlbumId>;
  readonly photos: ReadonlySet<PhotoId>;
  /** Deletes that are live and do not hold, because somebody went on working with the entity. */
  readonly overruled: readonly Assertion<StatementOf<"delete">>[];
}

const kindsAboutEntities = [
  ...(["assign", "deny", "answer", "name", "note", "birth", "cover", "hide", "union", "distinct"] as const),
  ...(["albumName", "sort", "rule", "albumCover", "pin", "exclude", "restore"] as const),
] as const;

/** Which entities are deleted. */
export function findDeleted(log: EventLog, live: LiveFacts, photos: readonly CanonicalPhoto[]): DeletedEntities {
  const deletes = live.ofKind("delete");
  const sourcesByEntity = collectSources(deletes, live, photos);
  const past = findCausalPasts(
    log.records,
    deletes.map(({ source }) => source.record),
  );
  const hasSeen = (later: EventSource, earlier: EventSource): boolean =>
    later.record === earlier.record ? earlier.place <= later.place : past(later.record, earlier.record);
  const people = new Set<PersonId>();
  const albums = new Set<AlbumId>();
  const purged = new Set<PhotoId>();
  const holding = deletes.filter(({ statement: { entity }, source }) =>
    (sourcesByEntity.get(entityKey(entity)) ?? []).every((earlier) => hasSeen(source, earlier)),
  );
  for (const {
    statement: { entity },
  } of holding) {
    if (entity.kind === "person") people.add(entity.id);
    else if (entity.kind === "album") albums.add(entity.id);
    else purged.add(entity.id);
  }
  const held = new Set(holding.map(({ statement }) => entityKey(statement.entity)));
  return { people, albums, photos: purged, overruled: deletes.filter(({ statement }) => !held.has(entityKey(statement.entity))) };
}

/** The events of all live facts about the entities that somebody deleted. */
function collectSources(
  deletes: readonly Assertion<StatementOf<"delete">>[],
  live: LiveFacts,
  photos: readonly CanonicalPhoto[],
): ReadonlyMap<string, readonly EventSource[]> {
  const sourcesByEntity = new Map<string, EventSource[]>(deletes.map(({ statement }) => [entityKey(statement.entity), []]));
  if (deletes.length === 0) return sourcesByEntity;
  for (const kind of kindsAboutEntities) {
    for (const { statement, source } of live.ofKind(kind)) {
      for (const key of entitiesOf(statement)) sourcesByEntity.get(key)?.push(source);
    }
  }
  for (const { id, sources } of photos) sourcesByEntity.get(`photo ${id}`)?.push(...sources);
  return sourcesByEntity;
}

function entitiesOf(statement: Statement): readonly string[] {
  if ("person" in statement) return [`person ${statement.person}`];
  if ("a" in statement) return [`person ${statement.a}`, `person ${statement.b}`];
  if ("album" in statement) return [`album ${statement.album}`];
  return statement.kind === "restore" ? [`photo ${statement.photo}`] : [];
}

function entityKey(entity: Entity): string {
  return `${entity.kind} ${entity.id}`;
}
