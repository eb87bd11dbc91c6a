/**
 * Expected failures are values. A function that can fail on bad input returns a `Result`; exceptions are kept for broken
 * invariants, that is, for defects of ours.
 */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** The successful outcome. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The failed outcome; `error` is a plain object that carries what a person needs to know. */
export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
