/**
 * The face upright at 112 × 112 pixels: five landmarks onto the template of ArcFace (Deng et al., "ArcFace", CVPR 2019; the
 * coordinates are those of insightface's `face_align`), sampled from the halving of the photo whose scale is next to that of
 * the aligned face, so that large faces are averaged and not picked apart. The detector's coordinates count as pixel
 * centres, as in the code that made the embedder's training faces.
 */
import type { RgbImage } from "../kernels/image.ts";
import type { Pyramid } from "../kernels/pyramid.ts";
import { fitSimilarity, invertSimilarity } from "../kernels/similarity-transform.ts";
import { warpImage } from "../kernels/warp.ts";

/** Side of the aligned face in pixels. */
export const alignedSide = 112;

const template: readonly number[] = [38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041];

/** The aligned face whose landmarks (1/65536 of the sides) are given; null where all of them are one point. */
export function alignFace(pyramid: Pyramid, landmarks: readonly number[]): RgbImage | null {
  const photo = pyramid.level(0);
  const points = landmarks.map((share, i) => (share * (i % 2 === 0 ? photo.width : photo.height)) / 65536);
  const forward = fitSimilarity(points, template);
  const map = forward === null ? null : invertSimilarity(forward);
  if (map === null) return null;
  const scale = Math.sqrt(map.a * map.a + map.b * map.b);
  let level = 0;
  let step = 1;
  while (scale >= 2 * step && pyramid.level(level + 1) !== pyramid.level(level)) {
    level++;
    step *= 2;
  }
  const origin = (value: number): number => (value + 0.5) / step - 0.5;
  const atLevel = { a: map.a / step, b: map.b / step, tx: origin(map.tx), ty: origin(map.ty) };
  return warpImage(pyramid.level(level), atLevel, alignedSide);
}
