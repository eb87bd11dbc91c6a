/** Plans: what the parts of `planEdit` share. */
import type { Fact } from "../facts/fact.ts";
import type { FaceId } from "../ids/face.ts";
import { photoOfFace } from "../ids/face.ts";
import type { AlbumId, PersonId, PhotoId } from "../ids/ids.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import type { EditError } from "./edit.ts";
import type { Projection } from "./project.ts";
import type { ShownFace } from "../people/shown-faces.ts";

/** The facts of an edit, before what they supersede is known, or why there are none. */
export type Plan = Result<readonly Fact[], EditError>;

/** A refusal. */
export function refuse(kind: EditError["kind"], reason: string): { readonly ok: false; readonly error: EditError } {
  return err({ kind, reason });
}

/** `facts`, or the refusal that there is nothing to do. */
export function stateAny(facts: readonly Fact[], reason: string): Plan {
  return facts.length === 0 ? refuse("nothing-to-do", reason) : ok(facts);
}

/** The shown face of that name, also under the name that another pack gave it; null where there is none. */
export function findFace({ people }: Projection, face: FaceId): ShownFace | null {
  const shown = people.faces.resolve(face);
  return (shown === null ? null : people.faces.byPhoto.get(photoOfFace(face))?.find(({ id }) => id === shown)) ?? null;
}

/** Why any of these does not exist, or null where all do. */
export function findUnknown(
  projection: Projection,
  subjects: {
    readonly faces?: readonly FaceId[];
    readonly people?: readonly PersonId[];
    readonly albums?: readonly AlbumId[];
    readonly photos?: readonly PhotoId[];
  },
): { readonly ok: false; readonly error: EditError } | null {
  const { people, albums, photoById } = projection;
  const noun =
    subjects.faces?.some((face) => findFace(projection, face) === null) === true
      ? "face"
      : subjects.people?.some((person) => !people.persons.has(people.classes.classOf(person))) === true
        ? "person"
        : subjects.albums?.some((album) => !albums.byId.has(album)) === true
          ? "album"
          : subjects.photos?.some((photo) => !photoById.has(photo)) === true
            ? "photo"
            : null;
  return noun === null ? null : refuse("unknown-subject", `There is no such ${noun} in this library; look it up again.`);
}

/**
 * `text` as it is stored: composed, without white space around it, of 1 … 2,000 UTF-16 units; else a refusal. Composition
 * happens once, where the text is written, so that no replay depends on an engine's version of Unicode.
 */
export function checkText(text: string, noun: string): Result<string, EditError> {
  if (/[\ud800-\udfff]/u.test(text)) return refuse("bad-text", `The ${noun} holds half a character; type it again.`);
  const stored = text.normalize("NFC").trim();
  if (stored === "") return refuse("bad-text", `The ${noun} is empty; type at least one character.`);
  if (stored.length > 2000) return refuse("bad-text", `The ${noun} has ${stored.length} characters; at most 2000 are kept.`);
  return ok(stored);
}
