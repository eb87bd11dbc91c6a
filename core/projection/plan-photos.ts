/** Plans about photos. */
import type { Fact } from "../facts/fact.ts";
import type { PhotoId } from "../ids/ids.ts";
import { checkText, findUnknown, stateAny, type Plan } from "./plan.ts";
import type { Projection } from "./project.ts";

/** Marks a photo as a favourite or hides it, or takes that back. */
export function planFlag(projection: Projection, kind: "favourite" | "hidePhoto", photo: PhotoId, flag: boolean): Plan {
  const unknown = findUnknown(projection, { photos: [photo] });
  if (unknown !== null) return unknown;
  const view = projection.photoById.get(photo);
  const isDone = (kind === "favourite" ? view?.favourite : view?.hidden) === flag;
  const state = kind === "favourite" ? (flag ? "a favourite" : "no favourite") : flag ? "hidden" : "shown";
  return stateAny(isDone ? [] : [{ kind, photos: [photo], flag }], `This photo is ${state} already.`);
}

/** Gives a photo a caption; white space takes it away. */
export function planCaption(projection: Projection, photo: PhotoId, text: string): Plan {
  const unknown = findUnknown(projection, { photos: [photo] });
  if (unknown !== null) return unknown;
  const checked = text.trim() === "" ? { ok: true as const, value: "" } : checkText(text, "caption");
  if (!checked.ok) return checked;
  const live = projection.replay.live.inGroupOf({ kind: "caption", photo, text: "" });
  const isDone = live.length < 2 && (projection.photoById.get(photo)?.caption ?? "") === checked.value;
  return stateAny(
    isDone ? [] : [{ kind: "caption", photos: [photo], text: checked.value }],
    "The photo has this caption already.",
  );
}

/** Puts photos into the trash, or takes them out of it. */
export function planTrash(projection: Projection, kind: "trash" | "restore", photos: readonly PhotoId[]): Plan {
  const unknown = findUnknown(projection, { photos });
  if (unknown !== null) return unknown;
  const open = photos.filter((photo) => (projection.photoById.get(photo)?.trashed === true) !== (kind === "trash"));
  const facts: readonly Fact[] = open.length === 0 ? [] : [{ kind, photos: open }];
  return stateAny(facts, `These photos are ${kind === "trash" ? "in" : "not in"} the trash already.`);
}
