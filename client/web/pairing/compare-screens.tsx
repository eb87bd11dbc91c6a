/** The moment that makes pairing safe: a person compares both screens before any key leaves a device. */
import { useState, type ReactElement } from "react";
import type { PairingString } from "../../engine/api.ts";

/** What is to be compared, and how to answer. */
export interface Comparison {
  readonly string: PairingString;
  /** Name of the other device; null where it is not known yet. */
  readonly other: string | null;
  readonly answer: (same: boolean) => void;
}

/** The comparison. */
export function CompareScreens({ comparison }: { readonly comparison: Comparison }): ReactElement {
  const [answered, setAnswered] = useState(false);
  const { string, other, answer } = comparison;
  const reply = (same: boolean): void => {
    setAnswered(true);
    answer(same);
  };
  return (
    <section className="stack compare" aria-labelledby="compare-title">
      <h1 id="compare-title">Do both screens show the same?</h1>
      <p>
        Look at <strong>{other ?? "the other device"}</strong>. Only if these pictures and digits are the same there, in the same
        order, is nobody between the two.
      </p>
      <PairingPicture string={string} />
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

/** Six pictures with the names under which they are read aloud, and six digits. */
function PairingPicture({ string: { symbols, digits } }: { readonly string: PairingString }): ReactElement {
  const text = [...symbols.map(({ emoji }) => emoji), digits].join(" ");
  return (
    <div className="pairing-string" data-pairing={text}>
      <ol className="emoji" aria-label="Six pictures">
        {symbols.map(({ emoji, name }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture may stand twice, and the order is the content.
          <li key={at}>
            <span aria-hidden="true">{emoji}</span>
            {name}
          </li>
        ))}
      </ol>
      <p className="digits" role="img" aria-label={`Six digits: ${[...digits].join(" ")}`}>
        {digits.slice(0, 3)} {digits.slice(3)}
      </p>
    </div>
  );
}
