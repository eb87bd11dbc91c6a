/** The beginning, over the engine and what the browser's composition offers. */
import { err, ok } from "@albumen/core/primitives/result.ts";
import { createLibrary, joinLibrary, openEngine, type EngineParts } from "../../engine/open.ts";
import type { Engine } from "../../engine/api.ts";
import type { Boot, Opening } from "./boot.ts";

/** What the composition offers. */
export interface BootHost {
  /** The parts of an engine; the store is opened by it. */
  readonly parts: () => Promise<EngineParts>;
  /** Takes the right to write; false where another tab has it. `takeOver` asks that tab to let go. */
  readonly claim: (takeOver: boolean) => Promise<boolean>;
  /** `close` is awaited when another tab asks for the right to write, before it is given. */
  readonly onYield: (close: () => Promise<void>) => void;
  /** Asks the browser to keep what is stored; asked when there is a library, for browsers may put it to a person. */
  readonly keepStorage: () => void;
  /** Address of the relay that serves this page. */
  readonly relay: string;
  readonly suggestedName: string;
}

/** The beginning over `host`. */
export function createBoot(host: BootHost): Boot {
  let parts: Promise<EngineParts> | null = null;
  let engine: Engine | null = null;
  let takenOver: () => void = () => undefined;
  const getParts = (): Promise<EngineParts> => {
    parts ??= host.parts();
    return parts;
  };
  const keep = (opened: Engine): Engine => {
    engine = opened;
    host.keepStorage();
    return opened;
  };
  host.onYield(async () => {
    takenOver();
    await engine?.close();
    await (await parts)?.store.close();
    engine = null;
    parts = null;
  });
  const open = async (takeOver: boolean): Promise<Opening> => {
    if (!(await host.claim(takeOver))) return { kind: "elsewhere" };
    const opened = await openEngine(await getParts());
    return opened === null ? { kind: "empty" } : { kind: "library", engine: keep(opened) };
  };
  return {
    suggestedName: host.suggestedName,
    onTakenOver: (callback) => {
      takenOver = callback;
    },
    open: (takeOver) =>
      open(takeOver).catch((cause: unknown): Opening => {
        parts = null;
        return { kind: "failed", reason: cause instanceof Error ? cause.message : String(cause) };
      }),
    found: async (name) => {
      const made = await createLibrary(await getParts(), { relay: host.relay, name });
      return made.ok ? ok({ engine: keep(made.value.engine), words: made.value.words }) : err({ reason: made.error.reason });
    },
    join: async (code, name, dialogue) => {
      const joined = await joinLibrary(await getParts(), code, name, dialogue);
      return joined.ok ? ok(keep(joined.value.engine)) : err({ reason: joined.error.reason });
    },
  };
}
