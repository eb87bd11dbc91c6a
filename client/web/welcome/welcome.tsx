/** The first screen: what Albumen is, and the three ways to begin. */
import { useState, type ReactElement } from "react";
import type { Engine } from "../../engine/api.ts";
import type { Boot } from "../app/boot.ts";
import { JoinForm } from "../pairing/join-form.tsx";
import { Icon } from "../ui/icon.tsx";
import { Logo } from "../ui/logo.tsx";
import { RecoveryWords, type NewWords } from "../words/recovery-words.tsx";
import { FoundForm } from "./found-form.tsx";
import { RecoverForm } from "./recover-form.tsx";

type Step =
  | { readonly kind: "choose" | "found" | "join" | "recover" }
  | { readonly kind: "words"; readonly fresh: NewWords; readonly engine: Engine };

/** The welcome; calls `onOpen` with the library that was founded, joined or recovered. */
export function Welcome({ boot, onOpen }: { readonly boot: Boot; readonly onOpen: (engine: Engine) => void }): ReactElement {
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const back = (): void => setStep({ kind: "choose" });
  return (
    <main className="welcome">
      <Logo />
      {step.kind === "choose" && <Choice onChoose={(kind) => setStep({ kind })} />}
      {step.kind === "found" && (
        <FoundForm boot={boot} onBack={back} onFound={(engine, fresh) => setStep({ kind: "words", fresh, engine })} />
      )}
      {step.kind === "join" && <JoinForm boot={boot} onBack={back} onJoined={onOpen} />}
      {step.kind === "recover" && <RecoverForm boot={boot} onBack={back} onRecovered={onOpen} />}
      {step.kind === "words" && (
        <RecoveryWords
          {...step.fresh}
          title="Your recovery words"
          done="Open my library"
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

const ways = [
  { kind: "found", icon: "photos", title: "Start a new library", text: "This is my first device." },
  { kind: "join", icon: "devices", title: "Join with a code", text: "Another device of mine has the library." },
  { kind: "recover", icon: "edit", title: "Recover with the words", text: "My devices are lost, and I have the 24 words." },
] as const;

function Choice({ onChoose }: { readonly onChoose: (kind: (typeof ways)[number]["kind"]) => void }): ReactElement {
  return (
    <>
      <h1>Albumen</h1>
      <p className="lead">
        Your photos, in albums of the people you love that fill themselves. Everything is worked out on your own devices; what
        travels between them is encrypted, so nobody else ever sees a face, a name or a picture.
      </p>
      <div className="ways">
        {ways.map(({ kind, icon, title, text }) => (
          <button key={kind} type="button" className="way" onClick={() => onChoose(kind)}>
            <Icon name={icon} />
            <strong>{title}</strong>
            <span>{text}</span>
          </button>
        ))}
      </div>
    </>
  );
}
