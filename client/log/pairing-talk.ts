/** One side's conversation through a pairing mailbox: sends steps, waits for the other side's, gives up after ten minutes. */
import { nonceBytes } from "@albumen/core/crypto/aead.ts";
import {
  openPairingMessage,
  pairingMailbox,
  sealPairingMessage,
  type PairingCode,
  type PairingStep,
} from "@albumen/core/membership/pairing.ts";
import type { CborValue } from "@albumen/core/primitives/cbor.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { SyncError } from "./api.ts";
import type { LogParts } from "./parts.ts";

/** A conversation about one code. */
export interface PairingTalk {
  readonly send: (step: PairingStep, body: CborValue) => Promise<Result<null, SyncError>>;
  /** The body of the other side's `step`. */
  readonly wait: (step: PairingStep) => Promise<Result<CborValue, SyncError>>;
}

/** Milliseconds that a pairing may take: as long as the relay keeps a mailbox. */
const patience = 600_000;

/** The conversation about `code`; `signal` ends it. */
export function openPairingTalk(parts: LogParts, code: PairingCode, signal: AbortSignal): PairingTalk {
  const mailbox = parts.transport.mailbox(code.relay, pairingMailbox(code.secret));
  const deadline = parts.clock() + patience;
  const heard: Uint8Array[] = [];
  let last = 0;
  const find = (step: PairingStep): CborValue | undefined => {
    for (const message of heard) {
      const body = openPairingMessage(code.secret, step, message);
      if (body !== undefined) return body;
    }
    return undefined;
  };
  return {
    send: async (step, body) => {
      const sent = await mailbox.post(sealPairingMessage(code.secret, step, body, parts.random(nonceBytes)));
      return sent.ok
        ? sent
        : err({ kind: sent.error.kind === "unreachable" ? "unreachable" : "refused", reason: sent.error.reason });
    },
    wait: async (step) => {
      for (;;) {
        const body = find(step);
        if (body !== undefined) return ok(body);
        if (find("abort") !== undefined) return err({ kind: "aborted", reason: "the other device broke off the pairing" });
        if (signal.aborted) return err({ kind: "aborted", reason: "the pairing was broken off" });
        if (parts.clock() > deadline)
          return err({ kind: "timed-out", reason: "the other device did not answer for ten minutes" });
        const mail = await mailbox.read(last, signal);
        if (!mail.ok && mail.error.kind === "unreachable" && !signal.aborted)
          return err({ kind: "unreachable", reason: mail.error.reason });
        if (!mail.ok) continue;
        for (const { number, body: message } of mail.value) {
          last = Math.max(last, number);
          heard.push(message);
        }
      }
    },
  };
}
