/**
 * The similarity (rotation, uniform scale, translation) that carries one set of points nearest to another in least squares:
 * Umeyama, "Least-squares estimation of transformation parameters between two point patterns", PAMI 1991, in two
 * dimensions, where it has a closed form in + − × ÷: with centred points p, q
 *
 *   a = Σ (p_x q_x + p_y q_y) / Σ |p|²,  b = Σ (p_x q_y − p_y q_x) / Σ |p|²,  q ≈ [a −b; b a] p + t.
 *
 * No reflection can come out of it, which is what Umeyama's sign correction is for.
 */

/** x' = a·x − b·y + tx, y' = b·x + a·y + ty. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** The similarity from `from` to `to`, points as x, y, x, y, …; null where all points of `from` are one. */
export function fitSimilarity(from: readonly number[], to: readonly number[]): Similarity | null {
  const points = from.length / 2;
  const [fromX, fromY] = centre(from);
  const [toX, toY] = centre(to);
  let along = 0;
  let across = 0;
  let spread = 0;
  for (let i = 0; i < points; i++) {
    const px = (from[2 * i] ?? 0) - fromX;
    const py = (from[2 * i + 1] ?? 0) - fromY;
    const qx = (to[2 * i] ?? 0) - toX;
    const qy = (to[2 * i + 1] ?? 0) - toY;
    along += px * qx + py * qy;
    across += px * qy - py * qx;
    spread += px * px + py * py;
  }
  if (!(spread > 0)) return null;
  const a = along / spread;
  const b = across / spread;
  return { a, b, tx: toX - (a * fromX - b * fromY), ty: toY - (b * fromX + a * fromY) };
}

/** The inverse; null where the scale is 0. */
export function invertSimilarity({ a, b, tx, ty }: Similarity): Similarity | null {
  const square = a * a + b * b;
  if (!(square > 0)) return null;
  const ia = a / square;
  const ib = -b / square;
  return { a: ia, b: ib, tx: -(ia * tx - ib * ty), ty: -(ib * tx + ia * ty) };
}

function centre(points: readonly number[]): readonly [number, number] {
  let x = 0;
  let y = 0;
  for (let i = 0; i < points.length; i += 2) {
    x += points[i] ?? 0;
    y += points[i + 1] ?? 0;
  }
  return [x / (points.length / 2), y / (points.length / 2)];
}
