/** The digest: one short number for everything the library says, the same on every device that holds the same. */
import { useState, type ReactElement } from "react";
import type { Digest } from "../model/types.ts";
import { count } from "../model/words.ts";

/** The digest, short, with the whole on demand. */
export function Fingerprint({ digest, outbox }: { readonly digest: Digest; readonly outbox: number }): ReactElement {
  const [whole, setWhole] = useState(false);
  return (
    <section className="card" aria-labelledby="digest-title">
      <h2 id="digest-title">Do my devices hold the same?</h2>
      <p>
        Open this page on your other device. Where this number is the same, every person, every group and every album is the same,
        to the last bit.
      </p>
      <output className="digest" data-digest={digest.digest}>
        {groups(digest.digest.slice(0, 16))}
      </output>
      <p className="hint">
        {digest.missing > 0 &&
          `${count(digest.missing, "photo")} still without what was computed for them; the numbers may differ until they arrive. `}
        {outbox > 0 && `${count(outbox, "change")} of this device have not reached the relay yet. `}
        {digest.missing === 0 && outbox === 0 && "This device holds everything it knows of."}
      </p>
      <button type="button" className="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
        {whole ? "Less" : "All of it"}
      </button>
      {whole && (
        <dl className="facts mono">
          <dt>Library</dt>
          <dd>{groups(digest.digest)}</dd>
          <dt>Records</dt>
          <dd data-records={digest.records}>{groups(digest.records)}</dd>
          <dt>Index</dt>
          <dd data-index={digest.index}>{groups(digest.index)}</dd>
          <dt>Version</dt>
          <dd>{digest.version}</dd>
        </dl>
      )}
    </section>
  );
}

function groups(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(" ") ?? hex;
}
