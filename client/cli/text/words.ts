/** Recovery words as a person writes them down. */

/** Words numbered, four in a row. */
export function inRows(words: readonly string[]): string[] {
  const cells = words.map((word, at) => `${(at + 1).toString().padStart(4)} ${word.padEnd(9)}`);
  return Array.from({ length: Math.ceil(cells.length / 4) }, (_, row) =>
    cells
      .slice(4 * row, 4 * row + 4)
      .join("")
      .trimEnd(),
  );
}
