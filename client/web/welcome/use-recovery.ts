/** One recovery after the other, from the words to the open library; leaving the screen leaves it, and nothing was changed then. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Engine, RecoverableLibrary, RecoveryDialogue } from "../../engine/api.ts";
import type { Boot, RecoverySource } from "../app/boot.ts";
import { sentence } from "../app/use-edit.ts";

/** The answer to what was found; null leaves it. */
export type RecoveryAnswer = Awaited<ReturnType<RecoveryDialogue["review"]>>;

/** A recovery as the screen shows it. */
export interface Recovery {
  readonly phase:
    | { readonly kind: "resting" | "looking" | "entering" }
    | { readonly kind: "reading"; readonly read: number; readonly of: number }
    | {
        readonly kind: "review";
        readonly found: readonly RecoverableLibrary[];
        readonly answer: (answer: RecoveryAnswer) => void;
      };
  readonly problem: string | null;
  readonly recover: (from: RecoverySource) => Promise<void>;
  readonly stop: () => void;
}

/** Recoveries through `boot`. */
export function useRecovery(boot: Boot, onRecovered: (engine: Engine) => void): Recovery {
  const [phase, setPhase] = useState<Recovery["phase"]>({ kind: "resting" });
  const [problem, setProblem] = useState<string | null>(null);
  const leave = useRef<() => void>(() => undefined);
  const stop = useCallback((): void => leave.current(), []);
  useEffect(() => stop, [stop]);
  const recover = async (from: RecoverySource): Promise<void> => {
    const left = new AbortController();
    const { signal } = left;
    const show = (next: Recovery["phase"]): void => {
      if (!signal.aborted) setPhase(next);
    };
    leave.current = () => {
      left.abort();
      setPhase({ kind: "resting" });
    };
    setProblem(null);
    show({ kind: "looking" });
    const recovered = await boot.recover(from, {
      reading: (read, of) => show({ kind: "reading", read, of }),
      review: (found) =>
        new Promise((resolve) => {
          if (signal.aborted) return resolve(null);
          signal.addEventListener("abort", () => resolve(null), { once: true });
          const answer = (given: RecoveryAnswer): void => {
            if (given === null) leave.current();
            else show({ kind: "entering" });
            resolve(given);
          };
          show({ kind: "review", found, answer });
        }),
    });
    if (recovered.ok) return onRecovered(recovered.value);
    show({ kind: "resting" });
    if (!signal.aborted) setProblem(sentence(recovered.error.reason));
  };
  return { phase, problem, recover, stop };
}
