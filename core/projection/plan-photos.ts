/** Plans about photos. */
import { dayNumber } from "../albums/days.ts";
import type { Fact } from "../facts/fact.ts";
import { isCaptureTime, isPlace } from "../facts/fact-parser.ts";
import type { PhotoId } from "../ids/ids.ts";
import type { Place } from "../index/index-record.ts";
import { checkText, findUnknown, refuse, stateAny, type Plan } from "./plan.ts";
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

/** Says when photos were taken, whatever their files say. */
export function planDate(projection: Projection, photos: readonly PhotoId[], date: string | null): Plan {
  const unknown = findUnknown(projection, { photos });
  if (unknown !== null) return unknown;
  if (date !== null && (!isCaptureTime(date) || dayNumber(date) === null)) {
    return refuse("bad-text", "This is no time; write 2024-06-01T12:00:00, with +02:00 behind it where the offset is known.");
  }
  const open = photos.filter((photo) => {
    const live = projection.replay.live.inGroupOf({ kind: "correctDate", photo, date });
    return projection.photoById.get(photo)?.taken !== date || live.length > 1;
  });
  return stateAny(open.length === 0 ? [] : [{ kind: "correctDate", photos: open, date }], "These photos have this time already.");
}

/** Says where photos were taken, whatever their files say. */
export function planPlace(projection: Projection, photos: readonly PhotoId[], stated: Place | null): Plan {
  const unknown = findUnknown(projection, { photos });
  if (unknown !== null) return unknown;
  // Minus zero is a zero: the stored form knows only one.
  const place = stated === null ? null : { latitude: stated.latitude + 0, longitude: stated.longitude + 0 };
  if (place !== null && !isPlace(place)) {
    return refuse(
      "bad-text",
      "This is no place; latitude is from -90 to 90 degrees, longitude from -180 to 180, in whole 1e-7 degrees.",
    );
  }
  const open = photos.filter((photo) => {
    const known = projection.photoById.get(photo)?.place ?? null;
    const live = projection.replay.live.inGroupOf({ kind: "correctPlace", photo, place });
    return known?.latitude !== place?.latitude || known?.longitude !== place?.longitude || live.length > 1;
  });
  return stateAny(
    open.length === 0 ? [] : [{ kind: "correctPlace", photos: open, place }],
    "These photos have this place already.",
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
