/** Measures of clustering and verification. Shares are fractions 0 … 1. */

/** Pairs of faces that are one person, put together, or both. */
export interface PairScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly clusters: number;
}

/** Pairwise precision, recall and F1 of `clusters` of items whose true label is `labelOf`. */
export function scorePairs<T>(clusters: readonly (readonly T[])[], labelOf: (item: T) => string): PairScores {
  const totals = new Map<string, number>();
  let together = 0;
  let right = 0;
  for (const members of clusters) {
    const counts = new Map<string, number>();
    for (const item of members) counts.set(labelOf(item), (counts.get(labelOf(item)) ?? 0) + 1);
    together += pairsOf(members.length);
    for (const [label, count] of counts) {
      right += pairsOf(count);
      totals.set(label, (totals.get(label) ?? 0) + count);
    }
  }
  let same = 0;
  for (const count of totals.values()) same += pairsOf(count);
  const precision = together === 0 ? 1 : right / together;
  const recall = same === 0 ? 1 : right / same;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, clusters: clusters.length };
}

/** A compared pair of faces. */
export interface Comparison {
  readonly similarity: number;
  readonly same: boolean;
}

/** Accuracy by ten folds, each with the threshold that is best on the other nine (LFW's protocol, folds by position). */
export function foldAccuracy(comparisons: readonly Comparison[]): number {
  const folds = 10;
  let right = 0;
  for (let fold = 0; fold < folds; fold++) {
    const threshold = bestThreshold(comparisons.filter((_, i) => i % folds !== fold));
    for (let i = fold; i < comparisons.length; i += folds) {
      const comparison = comparisons[i];
      if (comparison !== undefined && comparison.similarity >= threshold === comparison.same) right++;
    }
  }
  return comparisons.length === 0 ? 0 : right / comparisons.length;
}

/** The share of genuine pairs at or above the least similarity that at most `falseAccepts` of the other pairs reach. */
export function trueAcceptRate(comparisons: readonly Comparison[], falseAccepts: number): number {
  const impostors = comparisons.filter(({ same }) => !same).map(({ similarity }) => similarity);
  const genuine = comparisons.filter(({ same }) => same);
  impostors.sort((a, b) => b - a);
  const limit = impostors[Math.floor(impostors.length * falseAccepts)] ?? Number.NEGATIVE_INFINITY;
  return genuine.length === 0 ? 0 : genuine.filter(({ similarity }) => similarity > limit).length / genuine.length;
}

function bestThreshold(comparisons: readonly Comparison[]): number {
  const sorted = [...comparisons].sort((a, b) => b.similarity - a.similarity);
  let score = 0;
  let best = { score: 0, threshold: Number.POSITIVE_INFINITY };
  for (const { same, similarity } of sorted) {
    score += same ? 1 : -1;
    if (score > best.score) best = { score, threshold: similarity };
  }
  return best.threshold;
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
