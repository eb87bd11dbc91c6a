import { describe, expect, test } from "vitest";
import type { PhotoView } from "../model/types.ts";
import { gap, photosToRows, type Row } from "./rows.ts";

const photo = (id: number, taken: string | null, width = 1200, height = 800): PhotoView =>
  ({ id: String(id).padStart(32, "0"), file: `${id}.jpg`, taken, width, height, faces: [] }) as unknown as PhotoView;
const day = (at: number): string =>
  `2026-${String(12 - Math.floor(at / 28)).padStart(2, "0")}-${String(28 - (at % 28)).padStart(2, "0")}T10:00:00`;
const many = Array.from({ length: 90 }, (_, at) => photo(at, day(at), 800 + (at % 5) * 300, 900));
const options = { width: 1000, target: 190, dated: true };
const tilesOf = (rows: readonly Row[]) => rows.flatMap((row) => (row.kind === "line" ? row.tiles : []));

describe("rows of photos", () => {
  test("every photo stands in exactly one row, in order", () => {
    expect(tilesOf(photosToRows(many, options)).map((tile) => tile.photo.id)).toEqual(many.map(({ id }) => id));
  });
  test("no row is wider than the window, whatever its width", () => {
    for (const width of [320, 366, 390, 768, 1000, 1640]) {
      for (const row of photosToRows(many, { ...options, width })) {
        if (row.kind === "line") expect(row.tiles.reduce((sum, tile) => sum + tile.width + gap, -gap)).toBeLessThanOrEqual(width);
      }
    }
  });
  test("full months have headings, and each day is named once", () => {
    const rows = photosToRows(many, options);
    expect(rows.filter((row) => row.kind === "part")).toHaveLength(4);
    expect(tilesOf(rows).filter((tile) => tile.day !== null)).toHaveLength(90);
  });
  test("where months are sparse, years stand in their place; where years are, no heading at all", () => {
    const yearly = Array.from({ length: 12 }, (_, at) =>
      photo(at, `202${6 - Math.floor(at / 6)}-${String(12 - (at % 6)).padStart(2, "0")}-01T10:00:00`),
    );
    expect(photosToRows(yearly, options).flatMap((row) => (row.kind === "part" ? [row.title] : []))).toEqual(["2026", "2025"]);
    const rare = Array.from({ length: 4 }, (_, at) => photo(at, `${2026 - 5 * at}-06-01T10:00:00`));
    expect(photosToRows(rare, options).every((row) => row.kind === "line")).toBe(true);
  });
  test("a damaged date, none at all, and a height of 0 do no harm", () => {
    const odd = [photo(1, "not a date"), photo(2, null), photo(3, null, 5, 0)];
    expect(tilesOf(photosToRows(odd, options))).toHaveLength(3);
    expect(photosToRows([], options)).toEqual([]);
  });
});
