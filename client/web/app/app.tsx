/** The app from its first moment: look for a library, welcome, or show it; and what another tab does. */
import { useCallback, useEffect, useState, type ReactElement } from "react";
import { flushSync } from "react-dom";
import type { Engine } from "../../engine/api.ts";
import { ImporterProvider } from "../import/importer.tsx";
import { AutoLock } from "../lock/auto-lock.tsx";
import { LockScreen } from "../lock/lock-screen.tsx";
import { LockProvider } from "../lock/lock.tsx";
import { Notice } from "../welcome/notice.tsx";
import { Welcome } from "../welcome/welcome.tsx";
import type { Boot, Opening } from "./boot.ts";
import { LibraryProvider } from "./library.tsx";
import { Pages } from "./pages.tsx";
import { ToastProvider } from "./toasts.tsx";
import { useLiveSync } from "./use-live-sync.ts";

type Phase = Opening | { readonly kind: "starting" } | { readonly kind: "locking" } | { readonly kind: "taken" };

/** The whole app. */
export function App({ boot }: { readonly boot: Boot }): ReactElement {
  const [phase, setPhase] = useState<Phase>({ kind: "starting" });
  const open = useCallback(
    async (takeOver: boolean) => {
      setPhase({ kind: "starting" });
      setPhase(await boot.open(takeOver));
    },
    [boot],
  );
  const unlock = async (passphrase: string): Promise<boolean> => {
    const opening = await boot.unlock(passphrase);
    if (opening.kind !== "locked") setPhase(opening);
    return opening.kind !== "locked";
  };
  useEffect(() => {
    boot.onTakenOver(() => setPhase({ kind: "taken" }));
    // At once: when this returns, the library is off the screen and its pictures are given up.
    boot.onLocking(() => flushSync(() => setPhase({ kind: "locking" })));
    void open(false);
  }, [boot, open]);
  switch (phase.kind) {
    case "starting":
    case "locking":
      return <div className="starting" role="status" aria-label="Albumen is starting" />;
    case "library":
      return <OpenLibrary engine={phase.engine} boot={boot} />;
    case "locked":
      return <LockScreen unlock={unlock} erase={boot.erase} />;
    case "empty":
      return <Welcome boot={boot} onOpen={(engine) => setPhase({ kind: "library", engine })} />;
    case "elsewhere":
      return (
        <Notice title="Albumen is open in another tab" action="Use it here" onAction={() => void open(true)}>
          Only one tab at a time may write to your library, so that nothing is ever lost. You can go on there, or use it here; the
          other tab then closes it.
        </Notice>
      );
    case "taken":
      return (
        <Notice title="Albumen now runs in another tab" action="Use it here again" onAction={() => void open(true)}>
          Everything you did here is saved.
        </Notice>
      );
    case "failed":
      return (
        <Notice title="The library cannot be opened" action="Try again" onAction={() => void open(false)}>
          {phase.reason}
        </Notice>
      );
  }
}

function OpenLibrary({ engine, boot }: { readonly engine: Engine; readonly boot: Boot }): ReactElement {
  useLiveSync(engine);
  return (
    <LibraryProvider engine={engine}>
      <ToastProvider>
        <ImporterProvider>
          <LockProvider boot={boot}>
            <AutoLock />
            <Pages />
          </LockProvider>
        </ImporterProvider>
      </ToastProvider>
    </LibraryProvider>
  );
}
