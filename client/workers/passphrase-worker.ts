/**
 * The passphrase worker: what is made slow on purpose, away from the page. It ends with its answer, and the 64 MiB go back to the
 * system; a page that had done it itself would keep them.
 *
 * The cryptography is loaded with the question: it waits for its WASM, and a worker that still waits when a question comes would
 * not hear it.
 */
import type { Random } from "@albumen/core/ports/random.ts";
import type { PassphraseReply, PassphraseRequest } from "./passphrase-messages.ts";

const random: Random = (length) => crypto.getRandomValues(new Uint8Array(length));

self.addEventListener("message", ({ data }: MessageEvent<PassphraseRequest>) => {
  answer(data).then(reply, () => reply({ kind: "failed" }));
});

async function answer(request: PassphraseRequest): Promise<PassphraseReply> {
  const { lockKey, unlockKey } = await import("../storage/kept-key.ts");
  switch (request.kind) {
    case "lock":
      return { kind: "locked", kept: lockKey(request.key, request.passphrase, random) };
    case "unlock":
      return { kind: "unlocked", key: unlockKey(request.box, request.passphrase) };
  }
}

function reply(message: PassphraseReply): void {
  self.postMessage(message);
}
