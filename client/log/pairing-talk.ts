/**
 * One side's conversation: it drives a side's machine (`core/membership/pairing.ts`) with what the mailbox brings, what its
 * person answers and what its clock says, and does what the machine asks for. It always ends: with the machine's end, when its
 * person ends it, after ten minutes (as long as the relay keeps a mailbox), or, for a side that speaks first, after one minute
 * in which nobody answered.
 */
import type { PairingAct, PairingEnding, PairingEvent, PairingSide } from "@albumen/core/membership/pairing.ts";
import type { PairingString } from "@albumen/core/membership/pairing-string.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { PairingDialogue, SyncError } from "./api.ts";
import type { PairingMail } from "./pairing-mail.ts";
import { pause } from "./timers.ts";

/** What a conversation runs on. */
export interface PairingMeans {
  readonly mail: PairingMail;
  readonly dialogue: PairingDialogue;
  /** Aborted by the conversation when it is over; stops the mail. */
  readonly over: AbortController;
  /** Makes a device a member, durable and delivered. A joiner is never asked to. */
  readonly admit: (device: AdmittedDevice) => Promise<Result<null, SyncError>>;
}

/** How it ended. */
export interface PairingOutcome<State> {
  readonly ending: PairingEnding;
  /** What broke it from outside of the machine; null where the machine came to its own end. */
  readonly trouble: SyncError | null;
  /** What was shown; null where it did not come so far. */
  readonly string: PairingString | null;
  /** The last state before the end: how far the two had come. */
  readonly state: State;
}

/** Milliseconds. */
const patience = { whole: 600_000, firstAnswer: 60_000 } as const;

/** A device that both sides confirmed. */
export type AdmittedDevice = Extract<PairingAct, { readonly kind: "admit" }>["device"];

interface Happening {
  readonly event: PairingEvent;
  /** What to say where the conversation ends with it. */
  readonly error: SyncError | null;
}

/** What happens, in order. */
interface Happenings {
  readonly add: (event: PairingEvent, error?: SyncError) => void;
  /** Something from outside that ends a conversation which is not at its end. */
  readonly addTrouble: (error: SyncError) => void;
  readonly next: () => Promise<Happening>;
}

/** Talks until the end. */
export async function converse<State>(side: PairingSide<State>, means: PairingMeans): Promise<PairingOutcome<State>> {
  const happenings = createHappenings();
  const actor = createActor(means, happenings);
  let { state, acts } = side.first;
  let trouble: SyncError | null = null;
  startListening(means, happenings);
  if (acts.length > 0) void expectAnswer(means, happenings, actor.string);
  try {
    for (;;) {
      for (const act of acts) {
        if (act.kind === "end") return { ending: act.ending, trouble, string: actor.string(), state };
        await actor.do(act);
      }
      const { event, error } = await happenings.next();
      const turn = side.next(state, event);
      ({ acts } = turn);
      if (acts.every(({ kind }) => kind !== "end")) ({ state } = turn);
      else trouble = error;
    }
  } finally {
    means.over.abort();
  }
}

interface Actor {
  readonly do: (act: Exclude<PairingAct, { readonly kind: "end" }>) => Promise<void>;
  readonly string: () => PairingString | null;
}

function createActor({ mail, dialogue, admit, over }: PairingMeans, { add, addTrouble }: Happenings): Actor {
  let string: PairingString | null = null;
  const broke = (): void => add({ kind: "broke", reason: "failed" });
  return {
    string: () => string,
    do: async (act) => {
      switch (act.kind) {
        case "post": {
          const posted = await mail.post(act.message);
          if (!posted.ok) addTrouble(posted.error);
          return;
        }
        case "ask":
          ({ string } = act);
          void dialogue.confirm(act.string, act.other, over.signal).then((same) => add({ kind: "answered", same }), broke);
          return;
        case "admit":
          void admit(act.device).then(
            (done) => (done.ok ? add({ kind: "admitted" }) : add({ kind: "not-admitted" }, done.error)),
            () => add({ kind: "not-admitted" }),
          );
      }
    },
  };
}

/** Hears the mailbox, this side's person and the end of the ten minutes. */
function startListening({ mail, dialogue, over }: PairingMeans, { add, addTrouble }: Happenings): void {
  const listening = mail.listen((message) => add({ kind: "heard", message }));
  void listening.then(
    (error) => error !== null && addTrouble(error),
    () => add({ kind: "broke", reason: "failed" }),
  );
  void pause(patience.whole, over.signal).then(() => {
    const unread = mail.unreadable();
    const damaged =
      unread === 0 ? "" : `; ${unread} messages came that nobody with this code made: the relay may be damaging them`;
    const reason = `the ten minutes of this code are over and the two devices did not agree${damaged}`;
    if (!over.signal.aborted) addTrouble({ kind: "timed-out", reason });
  });
  const stop = (): void => add({ kind: "broke", reason: "stopped" });
  if (dialogue.signal?.aborted === true) stop();
  dialogue.signal?.addEventListener("abort", stop, { signal: over.signal });
}

/** Ends it where nobody answers. */
async function expectAnswer(
  { over }: PairingMeans,
  { addTrouble }: Happenings,
  string: () => PairingString | null,
): Promise<void> {
  await pause(patience.firstAnswer, over.signal);
  const reason =
    "no device answers to this code: it is older than ten minutes, it was closed on the other device, or it was mistyped";
  if (!over.signal.aborted && string() === null) addTrouble({ kind: "timed-out", reason });
}

function createHappenings(): Happenings {
  const waiting: Happening[] = [];
  let wake: () => void = () => undefined;
  const add: Happenings["add"] = (event, error) => {
    waiting.push({ event, error: error ?? null });
    wake();
  };
  return {
    add,
    addTrouble: (error) => add({ kind: "broke", reason: error.kind === "timed-out" ? "stopped" : "failed" }, error),
    next: async () => {
      for (;;) {
        const happening = waiting.shift();
        if (happening !== undefined) return happening;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
