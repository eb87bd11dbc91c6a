/** The recovery words, shown once: they alone bring the library back when every device is lost. Nothing keeps them. */
import { useState, type ReactElement } from "react";
import { Icon } from "../ui/icon.tsx";

/** The words, ways to keep them, and the tick without which it does not go on. */
export function RecoveryWords({ words, onDone }: { readonly words: string; readonly onDone: () => void }): ReactElement {
  const [kept, setKept] = useState(false);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(words);
    setCopied(true);
  };
  return (
    <section className="stack words" aria-labelledby="words-title">
      <h1 id="words-title">Your recovery words</h1>
      <p>
        Should every device be lost, these 24 words bring your library back. Write them down in this order and keep them at home.
        They are shown only now, and nobody but you has them.
      </p>
      <ol className="word-list" translate="no">
        {words.split(" ").map((word, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word may stand twice, and the order is the content.
          <li key={at}>{word}</li>
        ))}
      </ol>
      <div className="actions start no-print">
        <button type="button" className="button" onClick={() => void copy()}>
          <Icon name="copy" /> {copied ? "Copied" : "Copy"}
        </button>
        <button type="button" className="button" onClick={() => window.print()}>
          <Icon name="print" /> Print
        </button>
      </div>
      <label className="tick-line no-print">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        <span>I have written the words down or printed them.</span>
      </label>
      <footer className="actions no-print">
        <button type="button" className="button primary" disabled={!kept} onClick={onDone}>
          Open my library
        </button>
      </footer>
    </section>
  );
}
