/**
 * The binaries of the pipeline and where their packages keep them, so that each host can read them in its own way: Node from
 * the package's folder, a browser from an address. Their bytes are a part of the pack's hash.
 */

/** The binaries by the name of their parameter. */
export type AssetName = "jpegDecoder" | "jpegEncoder" | "pngDecoder" | "webpDecoder" | "runtime";

/** Module specifier of each binary, to be resolved from this package. */
export const assetPaths: Readonly<Record<AssetName, string>> = {
  jpegDecoder: "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
  jpegEncoder: "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm",
  pngDecoder: "@jsquash/png/codec/pkg/squoosh_png_bg.wasm",
  webpDecoder: "@jsquash/webp/codec/dec/webp_dec.wasm",
  /** Only needed where weights are loaded: 14 MB. */
  runtime: "onnxruntime-web/ort-wasm-simd-threaded.wasm",
};
