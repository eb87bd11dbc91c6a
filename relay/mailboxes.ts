/**
 * Mailboxes for pairing, in memory only: a few small messages under an unguessable name. A mailbox begins with its first
 * message and is gone `mailboxSeconds` later, with everything in it. Readers wait for news instead of asking again and again.
 * Limits: limits.ts.
 */
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { RelayError } from "@albumen/core/wire/relay-api.ts";
import type { Clock } from "./effects.ts";
import type { RelayLimits } from "./limits.ts";
import { refuse } from "./refusal.ts";

/** A message and its number in its mailbox, from 1. */
export interface Mail {
  readonly number: number;
  readonly body: Uint8Array;
}

/** All mailboxes. */
export interface Mailboxes {
  /** Puts a message in; its number. */
  readonly post: (name: string, body: Uint8Array) => Result<number, RelayError>;
  /** Messages after `after`, at once where there are some, otherwise when one comes, `signal` aborts, or the wait is over. */
  readonly read: (name: string, after: number, signal: AbortSignal) => Promise<Result<readonly Mail[], RelayError>>;
  /** Ends every wait. */
  readonly close: () => void;
}

interface Mailbox {
  readonly expires: number;
  readonly mail: Mail[];
}

/** No mailboxes yet. */
export function createMailboxes(clock: Clock, limits: RelayLimits): Mailboxes {
  const boxes = new Map<string, Mailbox>();
  const waiters = createWaiters(clock, 1000 * limits.mailboxWaitSeconds);
  let bytes = 0;
  const boxOf = (name: string): Mailbox | null => {
    // In order of their beginning, and all live equally long: what expired stands in front.
    for (const [old, { expires, mail }] of boxes) {
      if (expires > clock.now()) break;
      boxes.delete(old);
      for (const { body } of mail) bytes -= body.length;
    }
    return boxes.get(name) ?? null;
  };
  const mailAfter = (name: string, after: number): readonly Mail[] =>
    boxOf(name)?.mail.filter(({ number }) => number > after) ?? [];
  return {
    post: (name, body) => {
      const box = boxOf(name) ?? { expires: clock.now() + 1000 * limits.mailboxSeconds, mail: [] };
      const isTooMuch = bytes + body.length > limits.mailboxBytes || (box.mail.length === 0 && boxes.size >= limits.mailboxes);
      if (box.mail.length >= limits.mailboxMessages) return err(refuse("quota-exceeded", "the mailbox is full"));
      if (isTooMuch) return err(refuse("unavailable", "the relay holds too much mail", 60));
      box.mail.push({ number: box.mail.length + 1, body });
      bytes += body.length;
      boxes.set(name, box);
      waiters.wake(name);
      return ok(box.mail.length);
    },
    read: async (name, after, signal) => {
      if (mailAfter(name, after).length === 0 && !signal.aborted) {
        if (waiters.count() >= limits.mailboxWaiters) return err(refuse("unavailable", "too many readers are waiting", 5));
        await waiters.wait(name, signal);
      }
      return ok(mailAfter(name, after));
    },
    close: waiters.close,
  };
}

interface Waiters {
  readonly count: () => number;
  /** Resolves when `name` is woken, `signal` aborts or the time is over. */
  readonly wait: (name: string, signal: AbortSignal) => Promise<void>;
  readonly wake: (name: string) => void;
  /** Wakes all. */
  readonly close: () => void;
}

function createWaiters(clock: Clock, milliseconds: number): Waiters {
  const endsByName = new Map<string, Set<() => void>>();
  let count = 0;
  const wake = (name: string): void => {
    for (const end of endsByName.get(name) ?? []) end();
  };
  return {
    count: () => count,
    wait: (name, signal) =>
      new Promise((resolve) => {
        const ends = endsByName.get(name) ?? new Set();
        const end = (): void => {
          if (!ends.delete(end)) return;
          count--;
          if (ends.size === 0) endsByName.delete(name);
          cancel();
          signal.removeEventListener("abort", end);
          resolve();
        };
        const cancel = clock.after(milliseconds, end);
        count++;
        endsByName.set(name, ends.add(end));
        signal.addEventListener("abort", end);
      }),
    wake,
    close: () => {
      for (const name of [...endsByName.keys()]) wake(name);
    },
  };
}
