/**
 * Overlap of boxes: intersection over union, kept as an exact fraction. Products of two areas exceed 2⁵³, so fractions are
 * compared with BigInt; a rounded quotient could order two pairs differently than their true values.
 */
import type { Box } from "../ids/face.ts";

/** Area of the intersection over area of the union, in units of (1/65536)²; the union is 0 only for two empty boxes. */
export interface Overlap {
  readonly intersection: number;
  readonly union: number;
}

/** The overlap of two boxes of one photo. */
export function overlapOf(a: Box, b: Box): Overlap {
  const width = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));
  const intersection = width * height;
  return { intersection, union: a.w * a.h + b.w * b.h - intersection };
}

/** Whether the overlap is at least one half. */
export function isHalf({ intersection, union }: Overlap): boolean {
  return union > 0 && 2 * intersection >= union;
}

/** Order of the fractions, the lesser first: negative, 0 or positive. Both unions are positive. */
export function compareOverlaps(a: Overlap, b: Overlap): number {
  const left = BigInt(a.intersection) * BigInt(b.union);
  const right = BigInt(b.intersection) * BigInt(a.union);
  return left < right ? -1 : left > right ? 1 : 0;
}
