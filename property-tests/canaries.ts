/** Canaries: texts and keys of which some bytes must hold nothing, in whatever way programs write bytes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names of the secrets that stand in `bytes`, in any form. */
export function canariesIn(bytes: Buffer, secrets: Readonly<Record<string, Uint8Array>>): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(Buffer.from(secret)).some((form) => bytes.includes(form)) ? [name] : [],
  );
}

/** Every file beneath `path`, joined. */
export function everythingIn(path: string): Buffer {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
}

/** As they are, in UTF-16 of either order, in hex, in base64 at each of its three alignments. */
function formsOf(secret: Buffer): readonly Buffer[] {
  const base64 = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), secret]).toString("base64");
    // The first and the last letters depend on what stands around the secret.
    const middle = text.slice(shift === 0 ? 0 : 4, -4);
    return [middle, middle.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const texts = [secret.toString("hex"), secret.toString("hex").toUpperCase(), ...base64];
  // Without its last zero, which in the other order stands before the text.
  const wide = Buffer.from(secret.toString("latin1"), "utf16le").subarray(0, -1);
  return [secret, wide, ...texts.map((text) => Buffer.from(text))];
}
