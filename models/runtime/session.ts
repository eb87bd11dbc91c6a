/**
 * onnxruntime-web's WebAssembly backend, the only importer of it. Measured (see the project's facts): the same bits on Node,
 * Chromium and Firefox with 1 and 2 threads; native and WebGPU backends differ and are not used. Its fixed options are a
 * part of the pack's hash. The runtime is one per realm (a page, a worker, a Node process): the binary and the number of
 * threads of the first model hold for all later ones.
 *
 * Threads beyond one need cross-origin isolation in browsers and are not available in Node with this build, where one
 * process or worker per core indexes more photos per second anyway.
 */
/// <reference types="onnxruntime-web" />
import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";

/** How the runtime starts. */
export interface RuntimeFiles {
  /** `ort-wasm-simd-threaded.wasm` of the installed onnxruntime-web. */
  readonly binary: Uint8Array;
  /** Threads of one inference; 1 where it is left out. */
  readonly threads?: 1 | 2;
}

/** A loaded model. */
export interface Model {
  /** Its outputs by name for one `input` of `shape`. The arrays are the caller's. */
  run(input: Float32Array, shape: readonly number[]): Promise<Outputs>;
  close(): Promise<void>;
}

/** A model's outputs by name. */
export type Outputs = ReadonlyMap<string, Float32Array>;

/** Everything that steers the computation; a part of the pack's hash. */
export const sessionOptions = {
  executionProviders: ["wasm"],
  graphOptimizationLevel: "all",
  executionMode: "sequential",
} as const;

/** Opens the ONNX model in `weights`. @throws where the runtime or the model cannot start. */
export async function openModel(weights: Uint8Array, runtime: RuntimeFiles): Promise<Model> {
  env.wasm.wasmBinary = runtime.binary;
  env.wasm.numThreads = runtime.threads ?? 1;
  env.wasm.proxy = false;
  env.logLevel = "error";
  const session = await InferenceSession.create(weights, {
    ...sessionOptions,
    executionProviders: [...sessionOptions.executionProviders],
    logSeverityLevel: 3,
  });
  const inputName = session.inputNames[0] ?? "input";
  return {
    run: async (input, shape) => {
      const tensor = new Tensor("float32", input, shape);
      const results = await session.run({ [inputName]: tensor });
      const outputs = new Map<string, Float32Array>();
      for (const name of session.outputNames) {
        const data = results[name]?.data;
        if (!(data instanceof Float32Array)) throw new TypeError(`output ${name} is not made of 32-bit floats`);
        outputs.set(name, data);
      }
      return outputs;
    },
    close: () => session.release(),
  };
}
