/**
 * The recovery words, shown once: they alone bring the library back when every device is lost, and nothing keeps them. Three of
 * them are asked for, so that they are on paper before anything depends on them; until then they can be looked at again. Whoever
 * puts it off is reminded (`words-reminder.tsx`).
 */
import { useState, type ReactElement } from "react";
import { AskedWords } from "./asked-words.tsx";
import { ShownWords } from "./shown-words.tsx";

/** New words, and three places (from 1) to ask for. */
export interface NewWords {
  readonly words: string;
  readonly places: readonly number[];
}

/** Showing and asking, until `onDone` hears whether the words were shown to be on paper. */
export function RecoveryWords(
  props: NewWords & {
    readonly title: string;
    /** What becomes of older words, where there are any. */
    readonly note?: string;
    /** What the last button says. */
    readonly done: string;
    readonly onDone: (known: boolean) => void;
  },
): ReactElement {
  const [asking, setAsking] = useState(false);
  const list = props.words.split(" ");
  return (
    <section className="stack words" aria-labelledby="words-title">
      {asking ? (
        <AskedWords
          list={list}
          places={props.places}
          done={props.done}
          onShow={() => setAsking(false)}
          onRight={() => props.onDone(true)}
          onSkip={() => props.onDone(false)}
        />
      ) : (
        <ShownWords title={props.title} note={props.note ?? ""} list={list} onNext={() => setAsking(true)} />
      )}
    </section>
  );
}
