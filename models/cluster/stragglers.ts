/**
 * Step 2, once, simultaneously: each cluster of at most `stragglerFaces` joins the larger cluster whose centroid has the
 * highest cosine with its own, C = 127² · (S_A·S_B) / (√(S_A·S_A) · √(S_B·S_B)), where C is at least `joinCentroid` and
 * `joinMargin` above the runner-up (0 where there is none). Clusters that must stay apart are neither candidate nor
 * runner-up. All C are those before the step; the joins are then made in order of (C descending, straggler), each only if
 * nothing that joined before it keeps the two apart.
 */
import { mayMerge, mergeClusters, sumProduct, type Pool } from "./pool.ts";
import { joinCentroid, joinMargin, stragglerFaces } from "./thresholds.ts";

/** C at scale 127²; 0 where a cluster's vectors add up to nothing. */
export function centroidSimilarity(pool: Pool, a: number, b: number): number {
  const norms = Math.sqrt(pool.squares[a] as number) * Math.sqrt(pool.squares[b] as number);
  return norms > 0 ? (16_129 * sumProduct(pool, a, b)) / norms : 0;
}

interface Join {
  readonly similarity: number;
  readonly straggler: number;
  readonly cluster: number;
}

/** Merges the stragglers of `pool`. */
export function joinStragglers(pool: Pool): void {
  const alive = [...pool.sizes.keys()].filter((slot) => pool.forest.find(slot) === slot);
  const isStraggler = (slot: number): boolean => (pool.sizes[slot] as number) <= stragglerFaces;
  const clusters = alive.filter((slot) => !isStraggler(slot));
  const joins = alive.filter(isStraggler).flatMap((straggler) => bestJoin(pool, straggler, clusters) ?? []);
  joins.sort((x, y) => y.similarity - x.similarity || x.straggler - y.straggler);
  for (const { straggler, cluster } of joins) {
    const [a, b] = [pool.forest.find(cluster), straggler];
    if (mayMerge(pool, a, b)) mergeClusters(pool, Math.min(a, b), Math.max(a, b));
  }
}

/** Where `straggler` would join, or null. Of equal similarities the lesser cluster is the best and the other its runner-up. */
function bestJoin(pool: Pool, straggler: number, clusters: readonly number[]): Join | null {
  let best: Join | null = null;
  let runnerUp = 0;
  for (const cluster of clusters) {
    const similarity = centroidSimilarity(pool, straggler, cluster);
    if (similarity <= runnerUp || !mayMerge(pool, cluster, straggler)) continue;
    if (best !== null && similarity <= best.similarity) {
      runnerUp = similarity;
    } else {
      runnerUp = best?.similarity ?? 0;
      best = { similarity, straggler, cluster };
    }
  }
  return best !== null && best.similarity >= joinCentroid && best.similarity - runnerUp >= joinMargin ? best : null;
}
