/** The two pixel layouts of the pipeline: rows from the top, pixels from the left, one byte per channel, no padding. */

/** What decoders give: red, green, blue and straight alpha per pixel. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  /** 4 · width · height bytes. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** What the pipeline computes with: red, green and blue per pixel, opaque and upright. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** 3 · width · height bytes. */
  readonly data: Uint8Array;
}
