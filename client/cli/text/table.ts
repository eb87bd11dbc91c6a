/** Aligned tables for terminals: columns by their widest cell, two spaces between them, numbers to the right. */

/** A column; its cells are the rows' in the same order. */
export interface Column {
  readonly title: string;
  readonly align?: "right";
}

/** Lines of the table: the titles, then the rows. The last column is never padded, so that nothing wraps for spaces. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => textWidth(line[at] ?? ""))));
  return lines.map((line) =>
    columns
      .map(({ align }, at) => pad(line[at] ?? "", widths[at] ?? 0, align))
      .join("  ")
      .trimEnd(),
  );
}

/** "1 photo", "2 photos". */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${amount.toString().replaceAll(/\B(?=(\d{3})+$)/g, ",")} ${amount === 1 ? noun : plural}`;
}

/** Cells that `text` takes on a terminal: wide letters and emoji take two, marks that combine none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/\p{Mark}|\p{Cf}/u.test(letter)) continue;
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        letter,
      )
        ? 2
        : 1;
  }
  return width;
}

function pad(text: string, width: number, align: "right" | undefined): string {
  const space = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "right" ? space + text : text + space;
}
