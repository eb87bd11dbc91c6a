/** Similarity of int8 embeddings. Integers, so every order of summation gives the same. */

/** Σ aᵢ · bᵢ over the shorter length; vectors are at scale 127, so 16,129 stands for cosine 1. */
export function dot(a: Int8Array, b: Int8Array): number {
  const length = Math.min(a.length, b.length);
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Cosine in 1/10,000, rounded half up, −10,000 … 10,000; 0 where one vector is all zeros. √ and ÷ in one fixed order. */
export function faceSimilarity(a: Int8Array, b: Int8Array): number {
  const norms = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
  return norms === 0 ? 0 : Math.floor((10_000 * dot(a, b)) / norms + 0.5);
}
