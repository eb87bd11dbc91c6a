/** Places on a photo in per cent of its size. */
import type { CSSProperties } from "react";
import type { Box } from "@albumen/core/ids/face.ts";

/** Where `box` lies over its photo. */
export function boxStyle({ x, y, w, h }: Box): CSSProperties {
  const percent = (part: number): string => `${(part * 100) / 65536}%`;
  return { left: percent(x), top: percent(y), width: percent(w), height: percent(h) };
}

/** The box between two corners in 0 … 1 of width and height, in any order. */
export function cornersToBox(a: Corner, b: Corner): Box {
  const unit = (part: number): number => Math.round(Math.min(Math.max(part, 0), 1) * 65535);
  const x = unit(Math.min(a.x, b.x));
  const y = unit(Math.min(a.y, b.y));
  return { x, y, w: unit(Math.max(a.x, b.x)) - x, h: unit(Math.max(a.y, b.y)) - y };
}

/** A place in parts of width and height. */
export interface Corner {
  readonly x: number;
  readonly y: number;
}
