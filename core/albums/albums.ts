/**
 * Albums: membership = (matches ∪ pins) \ excludes, without photos that are trashed or hidden. A pin and an exclude of one photo
 * that were made apart: the exclude holds. An album whose rule cannot be evaluated says why, and holds its pins.
 */
import type { AlbumId, PhotoId } from "../ids/ids.ts";
import { findProblems, type ProblemContext } from "./album-problems.ts";
import type { ClauseContext, PhotoFacts } from "./clause.ts";
import { holdsRule } from "./evaluate.ts";
import type { StatedAlbum } from "./stated-albums.ts";

/** A photo that albums may hold. */
export interface AlbumPhoto extends PhotoFacts {
  /** Trashed or hidden: in no album. */
  readonly isLeftOut: boolean;
}

/** An evaluated album. */
export interface Album extends StatedAlbum {
  /** Why its rule cannot be evaluated, as one sentence; null where it can. */
  readonly problem: string | null;
  readonly members: ReadonlySet<PhotoId>;
}

/** What albums need to know of people and of the day. */
export type AlbumContext = ProblemContext & Pick<ClauseContext, "classOf" | "isHidden">;

/** Evaluated albums, and the context in which their rules can be asked of a single photo. */
export interface Albums {
  /** By id. */
  readonly byId: ReadonlyMap<AlbumId, Album>;
  readonly clauses: ClauseContext;
}

/** Evaluates albums over `photos`. */
export function evaluateAlbums(stated: readonly StatedAlbum[], photos: readonly AlbumPhoto[], context: AlbumContext): Albums {
  const statedById = new Map(stated.map((album) => [album.id, album]));
  const membersByAlbum = new Map<string, ReadonlySet<PhotoId>>();
  const problems = findProblems(stated, context);
  const { classOf, isHidden, today } = context;
  const clauses: ClauseContext = {
    classOf,
    isHidden,
    today,
    isInAlbum: (album, photo) => membersByAlbum.get(album)?.has(photo) === true,
  };
  for (const [id, problem] of problems) {
    const album = statedById.get(id);
    if (album !== undefined) membersByAlbum.set(id, findMembers(album, problem, photos, clauses));
  }
  const none: ReadonlySet<PhotoId> = new Set();
  const evaluate = (album: StatedAlbum): Album => ({
    ...album,
    problem: problems.get(album.id) ?? null,
    members: membersByAlbum.get(album.id) ?? none,
  });
  return { byId: new Map(stated.map((album) => [album.id, evaluate(album)])), clauses };
}

function findMembers(
  { rule, pins, excludes }: StatedAlbum,
  problem: string | null,
  photos: readonly AlbumPhoto[],
  clauses: ClauseContext,
): ReadonlySet<PhotoId> {
  const members = new Set<PhotoId>();
  for (const photo of photos) {
    if (photo.isLeftOut || excludes.has(photo.id)) continue;
    if (pins.has(photo.id) || (rule !== null && problem === null && holdsRule(rule, photo, clauses))) members.add(photo.id);
  }
  return members;
}
