/** Disjoint sets of the numbers 0 … size − 1 with path halving (Tarjan and van Leeuwen, 1984); a set's name is its least member. */
export interface Forest {
  /** The least member of the set that holds `member`. */
  find(member: number): number;
  /** Makes the sets of `a` and `b` one. */
  unite(a: number, b: number): void;
}

/** `size` sets of one member each. */
export function createForest(size: number): Forest {
  const parents = Int32Array.from({ length: size }, (_, i) => i);
  const find = (member: number): number => {
    let at = member;
    for (;;) {
      const parent = parents[at] as number;
      if (parent === at) return at;
      const above = parents[parent] as number;
      parents[at] = above;
      at = above;
    }
  };
  return {
    find,
    unite: (a, b) => {
      const [left, right] = [find(a), find(b)];
      if (left < right) parents[right] = left;
      else parents[left] = right;
    },
  };
}
