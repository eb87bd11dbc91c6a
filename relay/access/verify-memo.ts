/** Signatures inside statements, checked once: every evaluation of a roster asks for all of them again. */
import { blobName, verifySignature } from "@albumen/core/crypto/verify.ts";
import { idToBytes } from "@albumen/core/ids/ids.ts";
import { concatBytes, u32ToBytes, utf8 } from "@albumen/core/primitives/bytes.ts";
import type { RosterContext } from "@albumen/core/roster/roster.ts";

/** Answers remembered; one takes about 200 bytes. */
const capacity = 20_000;

/** The roster's `verify`, with a memory. */
export function createVerifyMemo(): RosterContext["verify"] {
  const answers = new Map<string, boolean>();
  return (kind, message, signature, device) => {
    const question = concatBytes(utf8(kind), idToBytes(device), u32ToBytes(signature.length), signature, message);
    const key = blobName(question);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const label = kind === "create" ? "albumen create 1" : "albumen countersign 1";
    const answer = verifySignature(label, message, signature, device);
    answers.set(key, answer);
    if (answers.size > capacity) answers.delete(answers.keys().next().value ?? "");
    return answer;
  };
}
