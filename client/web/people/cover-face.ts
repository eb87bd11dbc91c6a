/** Which face stands for somebody. */
import type { FaceId } from "@albumen/core/ids/face.ts";
import type { Lookups } from "../model/lookups.ts";
import type { FaceView, PersonView } from "../model/types.ts";

/** The best of `faces`: the most useful one for recognition, which is also the sharpest and the most frontal. */
export function bestFace(faces: readonly FaceId[], lookups: Lookups): FaceView | null {
  let best: FaceView | null = null;
  for (const id of faces) {
    const face = lookups.faces.get(id);
    if (face !== undefined && (best === null || face.quality > best.quality)) best = face;
  }
  return best;
}

/** The chosen cover of `person`, else the best of its faces. */
export function coverOf(person: PersonView, lookups: Lookups): FaceView | null {
  const chosen = person.cover === null ? undefined : lookups.faces.get(person.cover);
  return chosen ?? bestFace(person.faces.length > 0 ? person.faces : person.suggested, lookups);
}
