/** The shape of .dependency-cruiser.mjs as far as its test reads it. */
declare const config: {
  readonly forbidden: readonly { readonly name: string; readonly comment: string; readonly severity: string }[];
};
export default config;
