/**
 * The embedding of an aligned face: RGB planes with ImageNet's mean and deviation → model → L2 norm → int8 at scale 127,
 * rounded half up. The sum of squares runs in the order of the values; √, × and ÷ are exact in IEEE 754.
 */
import type { RgbImage } from "../kernels/image.ts";
import type { Model } from "../runtime/session.ts";
import { alignedSide } from "./align.ts";

/** Mean and standard deviation of red, green and blue on ImageNet, of values 0 … 1: as the model was trained. */
const mean: readonly number[] = [0.485, 0.456, 0.406];
const deviation: readonly number[] = [0.229, 0.224, 0.225];

const tables: readonly Float32Array[] = mean.map((centre, c) =>
  Float32Array.from({ length: 256 }, (_, value) => (value / 255 - centre) / (deviation[c] ?? 1)),
);

/** The embedding of `face`, 112 × 112 pixels. */
export async function embedFace(model: Model, face: RgbImage): Promise<Int8Array> {
  const plane = alignedSide * alignedSide;
  const input = new Float32Array(3 * plane);
  for (const [c, table] of tables.entries()) {
    for (let i = 0; i < plane; i++) input[c * plane + i] = table[face.data[3 * i + c] as number] as number;
  }
  const outputs = await model.run(input, [1, 3, alignedSide, alignedSide]);
  const values = outputs.values().next().value;
  if (values === undefined) throw new Error("the embedder has no output");
  return quantise(values);
}

/** `values` at length 127, each rounded half up to −127 … 127; all zeros stay zeros. */
export function quantise(values: Float32Array): Int8Array {
  let square = 0;
  for (const value of values) square += value * value;
  const length = Math.sqrt(square);
  return Int8Array.from(values, (value) => {
    const scaled = length > 0 ? Math.floor((127 * value) / length + 0.5) : 0;
    return scaled > 127 ? 127 : scaled < -127 ? -127 : scaled;
  });
}
