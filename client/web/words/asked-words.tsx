/** Three of the words, typed from paper. */
import { useState, type ReactElement } from "react";

/** The question. */
export function AskedWords(props: {
  readonly list: readonly string[];
  /** From 1. */
  readonly places: readonly number[];
  readonly done: string;
  readonly onShow: () => void;
  readonly onRight: () => void;
  readonly onSkip: () => void;
}): ReactElement {
  const { list, places } = props;
  const [typed, setTyped] = useState<readonly string[]>(places.map(() => ""));
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const check = (): void => {
    const others = places.filter((place, at) => typed[at]?.trim().toLowerCase() !== list[place - 1]);
    setWrong(others);
    if (others.length === 0) props.onRight();
  };
  return (
    <form
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <h1 id="words-title">Three of your words</h1>
      <p>Look at your paper and type these three, so that it is certain that the words help on the day you need them.</p>
      <div className="asked-words">
        {places.map((place, at) => (
          <WordField
            key={place}
            place={place}
            value={typed[at] ?? ""}
            isWrong={wrong.includes(place)}
            onType={(word) => setTyped(typed.with(at, word))}
          />
        ))}
      </div>
      {wrong.length > 0 && (
        <p className="problem" role="alert">
          {wrong.length === 1 ? `Word ${wrong[0]} is another one.` : `Words ${wrong.join(" and ")} are others.`} Look at your
          paper, and if it is wrong there, at the words again.
        </p>
      )}
      <footer className="actions">
        <button type="button" className="button" onClick={props.onShow}>
          Show the words again
        </button>
        <span className="spring" />
        <button type="submit" className="button primary" disabled={typed.some((word) => word.trim() === "")}>
          {props.done}
        </button>
      </footer>
      <p className="words-skip">
        <button type="button" className="link" onClick={props.onSkip}>
          Go on without checking
        </button>
        <small>The words are not shown again. If all devices are lost and the words are not right, so is everything.</small>
      </p>
    </form>
  );
}

function WordField(props: {
  readonly place: number;
  readonly value: string;
  readonly isWrong: boolean;
  readonly onType: (word: string) => void;
}): ReactElement {
  return (
    <label className="field">
      <span>Word {props.place}</span>
      <input
        value={props.value}
        aria-invalid={props.isWrong}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        onChange={(event) => props.onType(event.target.value)}
      />
    </label>
  );
}
