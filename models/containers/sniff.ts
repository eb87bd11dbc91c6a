/**
 * What a file is, from its first bytes alone, never from its name. Signatures: JPEG (ITU-T T.81 B.1.1.3), PNG (W3C PNG §5.2),
 * RIFF (WebP container specification), ISO base media files by their `ftyp` brand (ISO/IEC 14496-12 §4.3), and the common
 * signatures of what a folder of photos holds beside photos.
 */

/** A container that is read, one that is recognised and refused, or null for anything else. */
export type FileKind =
  | "jpeg"
  | "png"
  | "webp"
  | "heic"
  | "avif"
  | "gif"
  | "tiff"
  | "bmp"
  | "jpeg-xl"
  | "jpeg-2000"
  | "psd"
  | "video"
  | "audio"
  | "pdf"
  | null;

const heicBrands = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1", "mif2"]);
const avifBrands = new Set(["avif", "avis"]);
const audioBrands = new Set(["M4A ", "M4B ", "M4P "]);
/** First boxes of QuickTime films that have no `ftyp`. */
const quickTimeBoxes = new Set(["moov", "mdat", "wide", "pnot", "skip"]);

/** Signatures as Latin-1 text at offset 0; the first that fits counts. */
const signatures: readonly (readonly [signature: string, kind: FileKind])[] = [
  ["\xff\xd8\xff", "jpeg"],
  ["\x89PNG\r\n\x1a\n", "png"],
  ["GIF87a", "gif"],
  ["GIF89a", "gif"],
  ["II*\0", "tiff"],
  ["MM\0*", "tiff"],
  ["\xff\x0a", "jpeg-xl"],
  ["\0\0\0\x0cJXL ", "jpeg-xl"],
  ["\0\0\0\x0cjP  ", "jpeg-2000"],
  ["8BPS", "psd"],
  ["%PDF-", "pdf"],
  ["\x1aE\xdf\xa3", "video"],
  ["\0\0\x01\xba", "video"],
  ["\0\0\x01\xb3", "video"],
  ["FLV\x01", "video"],
  ["0&\xb2u\x8ef\xcf\x11", "video"],
  ["ID3", "audio"],
  ["OggS", "audio"],
  ["fLaC", "audio"],
];

/** The kind of `file`, which may be cut after its first 64 bytes. */
export function sniffFile(file: Uint8Array): FileKind {
  const head = String.fromCharCode(...file.subarray(0, 64));
  for (const [signature, kind] of signatures) if (head.startsWith(signature)) return kind;
  const second = head.slice(4, 8);
  if (head.startsWith("RIFF")) return riffKind(head.slice(8, 12));
  if (second === "ftyp") return isoKind(head);
  if (quickTimeBoxes.has(second)) return "video";
  return head.startsWith("BM") && head.slice(6, 10) === "\0\0\0\0" ? "bmp" : null;
}

function riffKind(form: string): FileKind {
  if (form === "WEBP") return "webp";
  if (form === "AVI ") return "video";
  return form === "WAVE" ? "audio" : null;
}

function isoKind(head: string): FileKind {
  const brands = [head.slice(8, 12)];
  const size = Math.min(head.length, head.charCodeAt(2) * 256 + head.charCodeAt(3));
  for (let at = 16; at + 4 <= size; at += 4) brands.push(head.slice(at, at + 4));
  if (brands.some((brand) => avifBrands.has(brand))) return "avif";
  if (brands.some((brand) => heicBrands.has(brand))) return "heic";
  return brands.some((brand) => audioBrands.has(brand)) ? "audio" : "video";
}
