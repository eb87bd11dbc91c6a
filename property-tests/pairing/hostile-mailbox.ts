/**
 * A mailbox in the hands of a hostile relay: each request may be answered with nothing, with an error, never, with old messages
 * under new numbers, with garbage, in another order, or with what somebody who has the code slips in.
 */
import type { Mail, Mailbox, TransportError } from "@albumen/client/log/relay-port.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";

/** How hostile. */
export interface Hostility {
  /** Of 256: how many requests are not answered honestly. */
  readonly badness: number;
  /** What somebody who has the code posts; absent where nobody has. */
  readonly forge?: () => Uint8Array;
}

/** The way of each side to one mailbox. */
export interface HostileMailbox {
  readonly open: () => Mailbox;
  /** Everything that was posted. */
  readonly posted: readonly Uint8Array[];
}

/** A mailbox; its moods come from `random`. */
export function createHostileMailbox(random: Random, { badness, forge }: Hostility): HostileMailbox {
  const posted: Uint8Array[] = [];
  const dice = (sides: number): number => ((random(1)[0] ?? 0) * 256 + (random(1)[0] ?? 0)) % sides;
  const isBad = (): boolean => (random(1)[0] ?? 0) < badness;
  return {
    posted,
    open: () => {
      let number = 0;
      let seen = 0;
      const give = (bodies: readonly Uint8Array[]): Result<readonly Mail[], TransportError> =>
        ok(bodies.map((body) => ({ number: ++number, body })));
      const fresh = (): readonly Uint8Array[] => {
        const news = posted.slice(seen);
        seen = posted.length;
        return news;
      };
      return {
        post: async (message, signal) => {
          if (!isBad()) {
            posted.push(message);
            return ok(null);
          }
          const moods: (() => Promise<Result<null, TransportError>>)[] = [
            async () => ok(null),
            async () => failure("unreachable", null),
            async () => failure("refused", 1),
            async () => {
              posted.push(message, message);
              return failure("unreachable", null);
            },
            () => never(signal),
          ];
          return (moods[dice(moods.length)] ?? (async () => ok(null)))();
        },
        read: async (_after, signal) => {
          if (!isBad()) return give(await newsOrPatience(fresh, signal));
          const moods: (() => Promise<Result<readonly Mail[], TransportError>>)[] = [
            async () => ok([]),
            async () => failure("unreachable", null),
            async () => failure("refused", 1),
            async () => failure("damaged", null),
            async () => give([random(100), random(0), ...fresh()]),
            async () => give([...fresh()].reverse()),
            async () => give([...posted, ...posted]),
            async () => ok(fresh().map((body, at) => ({ number: -at, body }))),
            async () => give(Array.from({ length: 32 }, () => random(80))),
            async () => give(forge === undefined ? [] : [forge(), ...fresh()]),
            () => never(signal),
          ];
          return (moods[dice(moods.length)] ?? (async () => ok([])))();
        },
      };
    },
  };
}

/** As an honest relay does: what is new at once, else after up to 20 s. */
async function newsOrPatience(fresh: () => readonly Uint8Array[], signal: AbortSignal): Promise<readonly Uint8Array[]> {
  for (let waited = 0; waited < 20_000 && !signal.aborted; waited += 500) {
    const news = fresh();
    if (news.length > 0) return news;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return fresh();
}

/** Answers only who gives up. */
function never<T>(signal: AbortSignal): Promise<Result<T, TransportError>> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(failure("unreachable", null))));
}

function failure(kind: TransportError["kind"], retryAfter: number | null): Result<never, TransportError> {
  return err({ kind, reason: `the relay is ${kind}`, retryAfter });
}
