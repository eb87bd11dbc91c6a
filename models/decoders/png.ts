/**
 * PNG by the Rust `png` crate inside @jsquash/png. Its generated glue keeps one instance for ever and needs a global
 * `ImageData`; this glue of six imports gives every file its own instance. The binary's imports end in a hash of their
 * signature, so they are matched by what stands before it, and an unknown one is an error.
 */
import type { InitOutput } from "@jsquash/png/codec/pkg/squoosh_png.js";
import type { RgbaImage } from "../kernels/image.ts";
import { instantiateWasm, wasmImportNames, type WasmModule } from "./wasm.ts";

type PngExports = Pick<InitOutput, "decode" | "__wbindgen_malloc"> & { readonly memory: { readonly buffer: ArrayBuffer } };

/** The pixels of the PNG `file`, 16-bit samples cut to their high byte. @throws where it is damaged. */
export async function decodePng(module: WasmModule, file: Uint8Array): Promise<RgbaImage> {
  let image: RgbaImage | null = null;
  const imports: Record<string, unknown> = {};
  for (const name of wasmImportNames(module)) {
    imports[name] = name.startsWith("__wbg_newwithownedu8clampedarrayandsh")
      ? (pointer: number, length: number, width: number, height: number): number => {
          const data = new Uint8Array(program.memory.buffer, pointer >>> 0, length).slice();
          image = { width: width >>> 0, height: height >>> 0, data };
          return 1;
        }
      : (): never => {
          throw new Error("the PNG decoder gave up");
        };
  }
  const program = (await instantiateWasm(module, { wbg: imports })) as unknown as PngExports;
  const pointer = program.__wbindgen_malloc(file.length, 1) >>> 0;
  new Uint8Array(program.memory.buffer, pointer, file.length).set(file);
  program.decode(pointer, file.length);
  if (image === null) throw new Error("the PNG decoder gave no picture");
  return image;
}
