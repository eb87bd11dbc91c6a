/**
 * The only place that touches `WebAssembly`: compiling once, and a fresh instance for every picture. A fresh instance costs
 * 0.5 … 3 ms and buys two things: nothing of one picture can change the next one's pixels, and the memory that a large or
 * hostile picture made grow (WebAssembly memory never shrinks) goes with it.
 *
 * The few members used are declared here, because the language's own library has no WebAssembly types without the DOM's.
 */
import type { Brand } from "@albumen/core/primitives/brand.ts";

/** A compiled WebAssembly binary. */
export type WasmModule = Brand<object, "WasmModule">;

/** Functions that a binary imports, by module and name. */
export type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface WasmHost {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(module: WasmModule, imports: WasmImports): Promise<WasmInstance>;
  readonly Module: { imports(module: WasmModule): readonly { readonly module: string; readonly name: string }[] };
}

const host = (globalThis as unknown as { readonly WebAssembly: WasmHost }).WebAssembly;

/** Compiles `bytes`; @throws where they are no WebAssembly: a damaged installation. */
export function compileWasm(bytes: Uint8Array): Promise<WasmModule> {
  return host.compile(bytes);
}

/** What `module` exports, in a fresh instance. */
export async function instantiateWasm(module: WasmModule, imports: WasmImports): Promise<WasmInstance["exports"]> {
  return (await host.instantiate(module, imports)).exports;
}

/** The names that `module` imports, in its order. */
export function wasmImportNames(module: WasmModule): readonly string[] {
  return host.Module.imports(module).map(({ name }) => name);
}

/** What Emscripten's glue takes, as far as it is used. */
interface EmscriptenOptions {
  readonly noInitialRun: true;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
  readonly instantiateWasm: (imports: WasmImports, done: (instance: WasmInstance) => void) => object;
}

/** A started Emscripten program and the lines it printed, among them libjpeg's warnings. */
export interface Program<T> {
  readonly functions: T;
  readonly lines: readonly string[];
}

/** Starts the program of Emscripten's `factory` over `module`, whose embound functions are `T`. */
export async function startProgram<T>(factory: unknown, module: WasmModule): Promise<Program<T>> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const start = factory as (options: EmscriptenOptions) => Promise<T>;
  const functions = await new Promise<T>((resolve, reject) => {
    const instantiate: EmscriptenOptions["instantiateWasm"] = (imports, done) => {
      host.instantiate(module, imports).then(done, reject);
      return {};
    };
    start({ noInitialRun: true, print, printErr: print, instantiateWasm: instantiate }).then(resolve, reject);
  });
  return { functions, lines };
}
