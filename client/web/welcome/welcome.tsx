/** The first screen: what Albumen is, and the two ways to begin. */
import { useState, type ReactElement } from "react";
import type { Engine } from "../../engine/api.ts";
import type { Boot } from "../app/boot.ts";
import { JoinForm } from "../pairing/join-form.tsx";
import { Icon } from "../ui/icon.tsx";
import { Logo } from "../ui/logo.tsx";
import { RecoveryWords, type NewWords } from "../words/recovery-words.tsx";
import { FoundForm } from "./found-form.tsx";

type Step =
  | { readonly kind: "choose" | "found" | "join" }
  | { readonly kind: "words"; readonly fresh: NewWords; readonly engine: Engine };

/** The welcome; calls `onOpen` with the library that was founded or joined. */
export function Welcome({ boot, onOpen }: { readonly boot: Boot; readonly onOpen: (engine: Engine) => void }): ReactElement {
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const back = (): void => setStep({ kind: "choose" });
  return (
    <main className="welcome">
      <Logo />
      {step.kind === "choose" && <Choice onFound={() => setStep({ kind: "found" })} onJoin={() => setStep({ kind: "join" })} />}
      {step.kind === "found" && (
        <FoundForm boot={boot} onBack={back} onFound={(engine, fresh) => setStep({ kind: "words", fresh, engine })} />
      )}
      {step.kind === "join" && <JoinForm boot={boot} onBack={back} onJoined={onOpen} />}
      {step.kind === "words" && (
        <RecoveryWords
          {...step.fresh}
          onDone={(known) => {
            // The engine compares all of them, by their key, and ends its own reminder.
            if (known) void step.engine.checkWords(step.fresh.words);
            onOpen(step.engine);
          }}
        />
      )}
    </main>
  );
}

function Choice({ onFound, onJoin }: { readonly onFound: () => void; readonly onJoin: () => void }): ReactElement {
  return (
    <>
      <h1>Albumen</h1>
      <p className="lead">
        Your photos, in albums of the people you love that fill themselves. Everything is worked out on your own devices; what
        travels between them is encrypted, so nobody else ever sees a face, a name or a picture.
      </p>
      <div className="ways">
        <button type="button" className="way" onClick={onFound}>
          <Icon name="photos" />
          <strong>Start a new library</strong>
          <span>This is my first device.</span>
        </button>
        <button type="button" className="way" onClick={onJoin}>
          <Icon name="devices" />
          <strong>Join with a code</strong>
          <span>Another device of mine has the library.</span>
        </button>
      </div>
    </>
  );
}
