/**
 * Album problems: why a rule cannot be evaluated, said instead of answering "no". A rule has a problem where it cannot be read,
 * where it goes round in a circle of albums, where it uses somebody or an album that is not there (or not any more), where it
 * depends on a day and none was given, and where an album it uses has a problem.
 */
import type { AlbumId, PersonId } from "../ids/ids.ts";
import { quote } from "./name-table.ts";
import { ruleNodes } from "./rule.ts";
import type { StatedAlbum } from "./stated-albums.ts";

/** What problems depend on beside the albums. */
export interface ProblemContext {
  /** Whether a live fact speaks of that person. */
  readonly isKnown: (person: PersonId) => boolean;
  readonly today: string | null;
}

/** The albums, each after all it uses, with their problem or null. */
export function findProblems(albums: readonly StatedAlbum[], context: ProblemContext): ReadonlyMap<AlbumId, string | null> {
  const albumById = new Map(albums.map((album) => [album.id, album]));
  const usedBy = (id: AlbumId): readonly AlbumId[] => {
    const rule = albumById.get(id)?.rule ?? null;
    return rule === null ? [] : ruleNodes(rule).flatMap((node) => (node.kind === "album" ? [node.album] : []));
  };
  const problems = new Map<AlbumId, string | null>();
  for (const album of albums) {
    for (const id of usedFirst(album.id, usedBy, problems)) {
      const stated = albumById.get(id);
      if (stated === undefined) continue;
      const circle = findCircle(id, usedBy);
      const names = circle?.map((link) => quote(albumById.get(link)?.name ?? link)).join(" uses ");
      const used = usedBy(id).find((other) => (problems.get(other) ?? null) !== null);
      const usedName = used === undefined ? null : (albumById.get(used)?.name ?? used);
      problems.set(
        id,
        names !== undefined
          ? `The albums go round in a circle: ${names}.`
          : (ownProblem(stated, albumById, context) ??
              (usedName === null ? null : `The rule uses the album ${quote(usedName)}, whose rule cannot be evaluated.`)),
      );
    }
  }
  return problems;
}

function ownProblem(album: StatedAlbum, albumById: ReadonlyMap<AlbumId, StatedAlbum>, context: ProblemContext): string | null {
  if (album.unread !== null) return album.unread;
  for (const node of album.rule === null ? [] : ruleNodes(album.rule)) {
    const people = node.kind === "person" ? [node.person] : node.kind === "only" ? node.people : [];
    const unknown = people.find((person) => !context.isKnown(person));
    if (unknown !== undefined) {
      return `The rule names a person who is not here any more (#${unknown}); undo the deletion, or change the rule.`;
    }
    if (node.kind === "album" && !albumById.has(node.album)) {
      return `The rule uses an album that is not here any more (#${node.album}); undo the deletion, or change the rule.`;
    }
    if (node.kind === "recent" && context.today === null) return "The rule depends on the day, and no day was given.";
  }
  return null;
}

/** `start` and what it uses, each after all it uses, as far as `done` does not hold it; circles are broken anywhere. */
function usedFirst(
  start: AlbumId,
  usedBy: (album: AlbumId) => readonly AlbumId[],
  done: ReadonlyMap<AlbumId, unknown>,
): readonly AlbumId[] {
  const order: AlbumId[] = [];
  const entered = new Set<AlbumId>();
  const stack: { readonly id: AlbumId; readonly leave: boolean }[] = [{ id: start, leave: false }];
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    if (step.leave) order.push(step.id);
    if (step.leave || entered.has(step.id) || done.has(step.id)) continue;
    entered.add(step.id);
    stack.push({ id: step.id, leave: true }, ...usedBy(step.id).map((id) => ({ id, leave: false })));
  }
  return order;
}

/** A shortest way from `start` back to itself, both ends included, or null where there is none. */
function findCircle(start: AlbumId, usedBy: (album: AlbumId) => readonly AlbumId[]): readonly AlbumId[] | null {
  const ways: (readonly AlbumId[])[] = [[start]];
  const seen = new Set<AlbumId>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of usedBy(way[way.length - 1] ?? start)) {
      if (next === start) return [...way, start];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return null;
}
