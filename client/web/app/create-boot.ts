/** The beginning, over the engine and what the browser's composition offers. */
import { err, ok } from "@albumen/core/primitives/result.ts";
import { createLibrary, joinLibrary, openEngine, recoverLibrary, type EngineParts } from "../../engine/open.ts";
import type { Engine } from "../../engine/api.ts";
import type { Boot, Opening } from "./boot.ts";
import { createLock, type LockHost } from "./create-lock.ts";

/** What the composition offers. */
export interface BootHost extends LockHost {
  /** The parts of an engine; the store is opened by it. Null where it is locked and `passphrase` is null or wrong. */
  readonly parts: (passphrase: string | null) => Promise<EngineParts | null>;
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
  let parts: Promise<EngineParts | null> | null = null;
  let engine: Engine | null = null;
  let takenOver: () => void = () => undefined;
  const getParts = async (passphrase: string | null): Promise<EngineParts | null> => {
    parts ??= host.parts(passphrase);
    const opened = await parts;
    if (opened === null) parts = null;
    return opened;
  };
  /** The parts for a library that is yet to be; a store that is locked holds one. */
  const getEmptyParts = async (): Promise<EngineParts> => {
    const opened = await getParts(null);
    if (opened === null) throw new Error("this browser holds a library already, which is locked");
    return opened;
  };
  const keep = (opened: Engine): Engine => {
    engine = opened;
    host.keepStorage();
    return opened;
  };
  const close = async (): Promise<void> => {
    await engine?.close();
    await (await parts)?.store.close();
    engine = null;
    parts = null;
  };
  host.onYield(async () => {
    takenOver();
    await close();
  });
  const tryOpen = async (takeOver: boolean, passphrase: string | null): Promise<Opening> => {
    const unlocked = await getParts(passphrase);
    if (unlocked === null) return { kind: "locked" };
    if (!(await host.claim(takeOver))) {
      parts = null;
      return { kind: "elsewhere" };
    }
    const opened = await openEngine(unlocked);
    return opened === null ? { kind: "empty" } : { kind: "library", engine: keep(opened) };
  };
  const open = (takeOver: boolean, passphrase: string | null): Promise<Opening> =>
    tryOpen(takeOver, passphrase).catch((cause: unknown): Opening => {
      parts = null;
      return { kind: "failed", reason: cause instanceof Error ? cause.message : String(cause) };
    });
  return {
    suggestedName: host.suggestedName,
    relay: host.relay,
    onTakenOver: (callback) => {
      takenOver = callback;
    },
    open: (takeOver) => open(takeOver, null),
    // Who knows the passphrase and types it here wants it here.
    unlock: (passphrase) => open(true, passphrase),
    ...createLock(host, close),
    ...createWays(host.relay, getEmptyParts, keep),
  };
}

/** The ways to a library where there is none. */
function createWays(
  relay: string,
  getEmptyParts: () => Promise<EngineParts>,
  keep: (opened: Engine) => Engine,
): Pick<Boot, "found" | "join" | "recover"> {
  return {
    found: async (name) => {
      const made = await createLibrary(await getEmptyParts(), { relay, name });
      return made.ok ? ok({ ...made.value, engine: keep(made.value.engine) }) : err({ reason: made.error.reason });
    },
    join: async (code, name, dialogue) => {
      const address = code.includes("@") ? code.slice(code.indexOf("@") + 1).trim() : relay;
      if (isElsewhere(address, relay))
        return err({ reason: `this code leads to the relay at ${address}, ${elsewhere(address, relay)} join there` });
      const joined = await joinLibrary(await getEmptyParts(), code, name, dialogue);
      return joined.ok ? ok(keep(joined.value.engine)) : err({ reason: joined.error.reason });
    },
    recover: async (from, dialogue) => {
      if (!URL.canParse(from.relay)) return err({ reason: `the address of a relay looks like ${relay}` });
      if (isElsewhere(from.relay, relay))
        return err({ reason: `the relay is at ${from.relay}, ${elsewhere(from.relay, relay)} recover there` });
      const recovered = await recoverLibrary(await getEmptyParts(), from, dialogue);
      return recovered.ok ? ok(keep(recovered.value)) : err({ reason: recovered.error.reason });
    },
  };
}

/** The page may talk to its own origin alone; what is no address at all is said by whoever reads it. */
function isElsewhere(address: string, relay: string): boolean {
  return URL.canParse(address) && new URL(address).origin !== relay;
}

function elsewhere(address: string, relay: string): string {
  return `and this page can reach only ${relay}: open ${address} in this browser and`;
}
