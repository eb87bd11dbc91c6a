/**
 * Why a file is not imported. Each failure is one sentence for people, without the file's name: the caller knows it and
 * shows it in front. The import of the other files goes on.
 */
import { err, type Result } from "@albumen/core/primitives/result.ts";

/** Why a file was not imported; `reason` is one sentence for people. */
export interface ImportError {
  readonly kind:
    | "empty"
    | "not-a-photo"
    | "video"
    | "heic-decoder-missing"
    | "unsupported"
    | "too-large"
    | "damaged"
    | "model-missing";
  readonly reason: string;
}

/** The failed outcome of `kind`. */
export function refuse(kind: ImportError["kind"], reason: string): Result<never, ImportError> {
  return err({ kind, reason });
}
