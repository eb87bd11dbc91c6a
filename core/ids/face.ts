/**
 * The name of a face: photo, box and pack, so that it means the same on every device and survives a new pack.
 * Text form: 32 hex digits photo "." 16 hex digits box "." 32 hex digits pack. Its order is (photo, box, pack).
 */
import type { Brand } from "../primitives/brand.ts";
import { parseId, type PackId, type PhotoId } from "./ids.ts";

/** A face's name; see the module's header for its form. */
export type FaceId = Brand<string, "FaceId">;

/**
 * Axis-aligned box on the upright photo. `x`, `y` is its upper left corner; all four in 1/65536 of the photo's width (x, w)
 * or height (y, h), integers in 0 … 65535.
 */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The parts of a face's name. */
export interface FaceParts {
  readonly photo: PhotoId;
  readonly box: Box;
  readonly pack: PackId;
}

/** The pack of faces that a person drew by hand: no pack at all. */
export const manualPack: PackId = "0".repeat(32) as PackId;

/** The name of the face that `pack` sees in `box` of `photo`. @throws RangeError where the box is out of range. */
export function createFaceId({ photo, box, pack }: FaceParts): FaceId {
  const corners = [box.x, box.y, box.w, box.h];
  if (corners.some((side) => !Number.isInteger(side) || side < 0 || side > 65535)) {
    throw new RangeError(`box ${corners.join(" ")} is not four integers in 0 … 65535`);
  }
  return `${photo}.${corners.map((side) => side.toString(16).padStart(4, "0")).join("")}.${pack}` as FaceId;
}

/** The parts of `text`, or null where it is not a face's name. */
export function parseFaceId(text: unknown): FaceParts | null {
  if (typeof text !== "string" || !/^[0-9a-f]{32}\.[0-9a-f]{16}\.[0-9a-f]{32}$/.test(text)) return null;
  const photo = parseId("PhotoId", text.slice(0, 32));
  const pack = parseId("PackId", text.slice(50));
  if (photo === null || pack === null) return null;
  const side = (at: number): number => Number.parseInt(text.slice(33 + 4 * at, 37 + 4 * at), 16);
  return { photo, box: { x: side(0), y: side(1), w: side(2), h: side(3) }, pack };
}

/** The photo on which the face is. */
export function photoOfFace(face: FaceId): PhotoId {
  return face.slice(0, 32) as PhotoId;
}
