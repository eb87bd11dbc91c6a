/**
 * eˣ in + − × ÷ only, so that every IEEE 754 engine gives the same bits (`Math.exp` differs between engines).
 *
 * x = k · ln 2 + r with |r| ≤ ½ ln 2 (Cody and Waite, ln 2 in two parts of which the first has 33 significant bits, so
 * k · upper is exact), then the Taylor polynomial of degree 13 (error below 2⁻⁵⁷ relative) by Horner's rule, then k
 * doublings or halvings, which are exact within the range. Relative error below 1e-15, tested.
 */

/** Upper 33 bits of ln 2 and the rest (as in fdlibm's e_exp.c). */
const ln2Upper = 0.6931471803691238;
const ln2Lower = 1.9082149292705877e-10;
/** Near enough to log₂ e to choose k by. */
const log2OfE = 1 / ln2Upper;
/** 1/13!, 1/12!, …, 1/1!, 1/0!: quotients of exact integers. */
const coefficients: readonly number[] = [
  6227020800, 479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1,
].map((factorial) => 1 / factorial);

/** eˣ for −40 ≤ x ≤ 40; x beyond is taken as that bound (a detector's box grows by less than e⁴⁰). NaN counts as 0. */
export function exactExp(x: number): number {
  const bounded = x > 40 ? 40 : x < -40 ? -40 : Number.isNaN(x) ? 0 : x;
  const k = Math.floor(bounded * log2OfE + 0.5);
  const r = bounded - k * ln2Upper - k * ln2Lower;
  let value = 0;
  for (const coefficient of coefficients) value = value * r + coefficient;
  for (let i = 0; i < k; i++) value *= 2;
  for (let i = 0; i > k; i--) value /= 2;
  return value;
}
