/** The moment that makes pairing safe: a person compares both screens before any key leaves a device. */
import { useState, type ReactElement } from "react";

/** What is to be compared, and how to answer. */
export interface Comparison {
  /** Five emoji and five digits, by spaces. */
  readonly string: string;
  /** Name of the other device. */
  readonly other: string;
  readonly answer: (same: boolean) => void;
}

/** The comparison. */
export function CompareScreens({ comparison }: { readonly comparison: Comparison }): ReactElement {
  const [answered, setAnswered] = useState(false);
  const { string, other, answer } = comparison;
  const parts = string.split(" ");
  const digits = parts.at(-1) ?? "";
  const reply = (same: boolean): void => {
    setAnswered(true);
    answer(same);
  };
  return (
    <section className="stack compare" aria-labelledby="compare-title">
      <h1 id="compare-title">Do both screens show the same?</h1>
      <p>
        Look at <strong>{other === "" ? "the other device" : other}</strong>. Only if these pictures and digits are the same
        there, in the same order, is it really your device.
      </p>
      <div className="pairing-string" role="img" aria-label={string} data-pairing={string}>
        <div className="emoji" aria-hidden="true">
          {parts.slice(0, -1).map((emoji, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an emoji may stand twice, and the order is the content.
            <span key={at}>{emoji}</span>
          ))}
        </div>
        <div className="digits" aria-hidden="true">
          {digits}
        </div>
      </div>
      {answered ? (
        <p role="status">Waiting for the other device …</p>
      ) : (
        <footer className="actions">
          <button type="button" className="button" onClick={() => reply(false)}>
            They differ
          </button>
          <button type="button" className="button primary" onClick={() => reply(true)}>
            They are the same
          </button>
        </footer>
      )}
    </section>
  );
}
