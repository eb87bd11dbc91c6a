/**
 * Photo states: what people said of each photo. Of several live facts the greatest (height, id) is shown; a live restore holds
 * against every live trash.
 */
import type { Assertion } from "../facts/assertion.ts";
import type { Statement, StatementOf } from "../facts/statement.ts";
import type { PhotoId } from "../ids/ids.ts";
import type { LiveFacts } from "../replay/live-facts.ts";

/** The live facts that hold for one photo; null where nobody said anything. */
export interface PhotoState {
  readonly caption: Assertion<StatementOf<"caption">> | null;
  readonly favourite: Assertion<StatementOf<"favourite">> | null;
  readonly hide: Assertion<StatementOf<"hidePhoto">> | null;
  readonly date: Assertion<StatementOf<"correctDate">> | null;
  readonly place: Assertion<StatementOf<"correctPlace">> | null;
  /** The trash that holds. */
  readonly trash: Assertion<StatementOf<"trash">> | null;
}

/** The state of any photo. */
export function readPhotoStates(live: LiveFacts): (photo: PhotoId) => PhotoState {
  const captions = greatestByPhoto(live.ofKind("caption"));
  const favourites = greatestByPhoto(live.ofKind("favourite"));
  const hides = greatestByPhoto(live.ofKind("hidePhoto"));
  const dates = greatestByPhoto(live.ofKind("correctDate"));
  const places = greatestByPhoto(live.ofKind("correctPlace"));
  const trashes = greatestByPhoto(live.ofKind("trash"));
  const restores = greatestByPhoto(live.ofKind("restore"));
  return (photo) => ({
    caption: captions.get(photo) ?? null,
    favourite: favourites.get(photo) ?? null,
    hide: hides.get(photo) ?? null,
    date: dates.get(photo) ?? null,
    place: places.get(photo) ?? null,
    trash: restores.has(photo) ? null : (trashes.get(photo) ?? null),
  });
}

type AboutPhoto = Assertion<
  Extract<
    Statement,
    { readonly kind: "caption" | "favourite" | "hidePhoto" | "correctDate" | "correctPlace" | "trash" | "restore" }
  >
>;

/** Live facts come by (height, id), so the last of a photo is the greatest. */
function greatestByPhoto<A extends AboutPhoto>(assertions: readonly A[]): ReadonlyMap<PhotoId, A> {
  return new Map(assertions.map((assertion) => [assertion.statement.photo, assertion]));
}
