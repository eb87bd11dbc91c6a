/**
 * Pixels from files and JPEG from pixels, by WebAssembly, the same bits on every engine: MozJPEG (baseline, extended and
 * progressive Huffman; grey and colour) both ways, libwebp, and the `png` crate. All come from @jsquash packages; the
 * binaries are parameters (see `pipeline/assets.ts`), so nothing here fetches or reads a file.
 *
 * libjpeg paints over missing data and only warns; here such a warning is a refusal, since half a photo that looks whole
 * is worse than a named one. Embedded colour profiles are not applied yet: pixels are taken as sRGB.
 */
import jpegDecoder from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import jpegEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import webpDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { FileHeader } from "../containers/header.ts";
import type { RgbaImage } from "../kernels/image.ts";
import { refuse, type ImportError } from "../pipeline/import-error.ts";
import { decodePng } from "./png.ts";
import { compileWasm, startProgram, type WasmModule } from "./wasm.ts";

/** The decoders' binaries. */
export interface DecoderFiles {
  readonly jpegDecoder: Uint8Array;
  readonly jpegEncoder: Uint8Array;
  readonly pngDecoder: Uint8Array;
  readonly webpDecoder: Uint8Array;
}

/** Compiled decoders; they hold no state between pictures. */
export interface Decoders {
  /** The pixels of `file`, whose header was read and is within bounds. */
  decode(file: Uint8Array, header: FileHeader): Promise<Result<RgbaImage, ImportError>>;
  /** `image` as baseline JPEG with optimised tables, of `quality` 1 … 100. */
  encodeJpeg(image: RgbaImage, quality: number): Promise<Uint8Array>;
}

interface DecodeProgram {
  decode(file: Uint8Array, preserveOrientation?: boolean): RgbaImage | null;
}

interface EncodeProgram {
  encode(pixels: RgbaImage["data"], width: number, height: number, options: typeof encodeOptions): Uint8Array;
}

/** MozJPEG's switches as @jsquash/jpeg names them, but not progressive: half the time for 4 % more bytes. */
const encodeOptions = {
  quality: 82,
  baseline: true,
  arithmetic: false,
  progressive: false,
  optimize_coding: true,
  smoothing: 0,
  /** YCbCr. */
  color_space: 3,
  /** The table that MozJPEG recommends for photos. */
  quant_table: 3,
  trellis_multipass: false,
  trellis_opt_zero: false,
  trellis_opt_table: false,
  trellis_loops: 1,
  auto_subsample: true,
  chroma_subsample: 2,
  separate_chroma_quality: false,
  chroma_quality: 75,
};

/** libjpeg's warnings that say nothing about the pixels; every other line means that some are wrong. */
const harmless = /extraneous bytes|JFIF revision|Adobe color transform|Invalid SOS parameters/;

/** Compiles the binaries. @throws where one of them is not WebAssembly: a damaged installation. */
export async function createDecoders(files: DecoderFiles): Promise<Decoders> {
  const [jpeg, encoder, png, webp] = await Promise.all([
    compileWasm(files.jpegDecoder),
    compileWasm(files.jpegEncoder),
    compileWasm(files.pngDecoder),
    compileWasm(files.webpDecoder),
  ]);
  const pixels = (file: Uint8Array, type: FileHeader["type"]): Promise<RgbaImage | null> => {
    switch (type) {
      case "image/jpeg":
        return decodeJpeg(jpeg, file);
      case "image/png":
        return decodePng(png, file);
      case "image/webp":
        return decodeWebp(webp, file);
    }
  };
  return {
    decode: async (file, header) => {
      try {
        const image = await pixels(file, header.type);
        if (image?.width === header.width && image.height === header.height) return ok(image);
      } catch {
        // Decoders throw numbers, exit statuses and traps: none of them says more than the sentence below.
      }
      return refuse("damaged", "damaged file: its picture cannot be decoded");
    },
    encodeJpeg: async (image, quality) => {
      const { functions } = await startProgram<EncodeProgram>(jpegEncoder, encoder);
      return functions.encode(image.data, image.width, image.height, { ...encodeOptions, quality }).slice();
    },
  };
}

async function decodeJpeg(module: WasmModule, file: Uint8Array): Promise<RgbaImage | null> {
  const { functions, lines } = await startProgram<DecodeProgram>(jpegDecoder, module);
  const image = functions.decode(file, false);
  return lines.every((line) => harmless.test(line)) ? image : null;
}

async function decodeWebp(module: WasmModule, file: Uint8Array): Promise<RgbaImage | null> {
  const { functions } = await startProgram<DecodeProgram>(webpDecoder, module);
  return functions.decode(file);
}
