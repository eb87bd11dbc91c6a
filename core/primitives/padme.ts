/**
 * PADMÉ padding lengths (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs",
 * PETS 2019, §4.2): a length keeps only its ⌊log₂⌊log₂ L⌋⌋ + 1 leading bits, so at most O(log log L) bits of it leak and at
 * most 12 % is added.
 */

/** The padded length, ≥ `length`, for 0 ≤ `length` ≤ 2⁵²; both in bytes. */
export function padmeLength(length: number): number {
  if (length < 2) return length;
  const exponent = bitLength(length) - 1;
  const bitsOfExponent = bitLength(exponent);
  const unit = 2 ** (exponent - Math.min(exponent, bitsOfExponent));
  return Math.ceil(length / unit) * unit;
}

/** How many bits the binary form of `value` has; exact, without `Math.log2`, whose last bit engines may round apart. */
function bitLength(value: number): number {
  let bits = 0;
  for (let rest = value; rest >= 1; rest = Math.floor(rest / 2)) bits++;
  return bits;
}
