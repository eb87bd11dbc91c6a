/**
 * The two globals that core uses beside the language itself. They belong to every runtime Albumen runs on and are
 * deterministic; declaring them here keeps `lib` free of the DOM, so that `window` or `process` in core does not compile.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label: "utf-8", options: { readonly fatal: boolean; readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}
