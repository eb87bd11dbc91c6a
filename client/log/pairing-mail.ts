/**
 * One side's way to the mailbox of a pairing. The relay may be hostile: it can drop, repeat, reorder and invent messages, answer
 * nothing, or answer at once for ever. So each request ends after 40 s (the relay lets a reader wait 20), a relay that was
 * reached before and is not now gets 30 s to come back, one that answers without news is asked again after a second, and a
 * mailbox of more than 64 messages, twice what an honest one holds, is given up. Numbers of messages only rise.
 */
import { nonceBytes } from "@albumen/core/crypto/aead.ts";
import { pairingMailbox, type PairingCode } from "@albumen/core/membership/pairing-code.ts";
import { openPairingMessage, sealPairingMessage, type PairingMessage } from "@albumen/core/membership/pairing-message.ts";
import { err, type Result } from "@albumen/core/primitives/result.ts";
import type { SyncError } from "./api.ts";
import type { LogParts } from "./parts.ts";
import type { Mail, TransportError } from "./relay-port.ts";
import { pause, within } from "./timers.ts";

/** The way. */
export interface PairingMail {
  /** Resolves once the relay has the message. A last word, `abort`, is tried once. */
  readonly post: (message: PairingMessage) => Promise<Result<null, SyncError>>;
  /** Calls `heard` for each message in order; resolves to null when it was stopped, or to why it cannot go on. */
  readonly listen: (heard: (message: PairingMessage) => void) => Promise<SyncError | null>;
  /** Messages so far that nobody who has the code made. */
  readonly unreadable: () => number;
}

const milliseconds = { request: 40_000, lastWord: 5000, comingBack: 30_000, pause: 1000 } as const;
const maximalMessages = 64;
const maximalBytes = 16_384;

/** The way to the mailbox of `code` until `over` aborts. `stopped` ends every wait at once, and leaves the last word. */
export function openPairingMail(
  parts: LogParts,
  code: PairingCode,
  over: AbortSignal,
  stopped: AbortSignal | undefined,
): PairingMail {
  const signal = stopped === undefined ? over : AbortSignal.any([over, stopped]);
  const { transport, clock, random } = parts;
  const mailbox = transport.mailbox(code.relay, pairingMailbox(code.secret));
  let reached = false;
  let last = 0;
  let count = 0;
  let unreadable = 0;
  /** Asks until there is an answer, or no more hope for one. */
  const persist = async <T>(
    ask: (signal: AbortSignal) => Promise<Result<T, TransportError>>,
  ): Promise<Result<T, TransportError>> => {
    const began = clock();
    for (;;) {
      const answer = (await within(milliseconds.request, signal, ask)) ?? err(tookTooLong);
      reached ||= answer.ok;
      if (answer.ok || signal.aborted || !reached || !isPassing(answer.error)) return answer;
      if (clock() - began >= milliseconds.comingBack) return answer;
      await pause(milliseconds.pause, signal);
    }
  };
  /** How many of `mail` are new. */
  const take = (mail: readonly Mail[], heard: (message: PairingMessage) => void): number => {
    const news = mail.filter(({ number }) => number > last);
    for (const { number, body } of news) {
      last = Math.max(last, number);
      const message = body.length > maximalBytes ? null : openPairingMessage(code.secret, body);
      if (message === null) unreadable++;
      else if (!signal.aborted) heard(message);
    }
    count += news.length;
    return news.length;
  };
  return {
    unreadable: () => unreadable,
    post: async (message) => {
      const sealed = sealPairingMessage(code.secret, message, random(nonceBytes));
      const post = (limit: AbortSignal): Promise<Result<null, TransportError>> => mailbox.post(sealed, limit);
      const isLastWord = message.step === "abort";
      const posted = isLastWord ? await within(milliseconds.lastWord, over, post) : await persist(post);
      if (posted === null) return err(toSyncError(tookTooLong));
      return posted.ok ? posted : err(toSyncError(posted.error));
    },
    listen: async (heard) => {
      while (!signal.aborted) {
        const mail = await persist((limit) => mailbox.read(last, limit));
        if (signal.aborted) return null;
        if (!mail.ok) return toSyncError(mail.error);
        const news = take(mail.value, heard);
        if (count > maximalMessages) return flooded;
        if (news === 0) await pause(milliseconds.pause, signal);
      }
      return null;
    },
  };
}

const flooded: SyncError = {
  kind: "damaged",
  reason:
    "the mailbox of this code is full of messages that do not belong to it: the relay, or somebody who uses it, disturbs it",
};

const tookTooLong: TransportError = { kind: "unreachable", reason: "the relay does not answer", retryAfter: null };

/** Whether it may go by, as a lost network or a busy relay do. */
function isPassing({ kind, retryAfter }: TransportError): boolean {
  return kind === "unreachable" || retryAfter !== null;
}

function toSyncError({ kind, reason }: TransportError): SyncError {
  return { kind: kind === "not-found" ? "refused" : kind, reason };
}
