/** The words in their order, and ways to keep them. */
import { useState, type ReactElement } from "react";
import { Icon } from "../ui/icon.tsx";

/** The list. */
export function ShownWords(props: {
  readonly title: string;
  readonly note: string;
  readonly list: readonly string[];
  readonly onNext: () => void;
}): ReactElement {
  const { title, note, list, onNext } = props;
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(list.join(" "));
    setCopied(true);
  };
  return (
    <>
      <h1 id="words-title">{title}</h1>
      <p>
        Should every device be lost, these 24 words bring your library back. Write them down in this order and keep them at home.
        They are shown only now, and nobody but you has them. {note}
      </p>
      <ol className="word-list" translate="no">
        {list.map((word, at) => (
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
        <span className="spring" />
        <button type="button" className="button primary" onClick={onNext}>
          I have them on paper
        </button>
      </div>
    </>
  );
}
