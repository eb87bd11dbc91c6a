/** Privacy in plain words: what stays here, what the relay learns, and how to check that two devices hold the same. */
import type { ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { PageHead } from "../app/page-head.tsx";
import { LockCard } from "../lock/lock-card.tsx";
import { count } from "../model/words.ts";
import { Fingerprint } from "./fingerprint.tsx";

const learned: readonly (readonly [string, string])[] = [
  ["That this library exists, by a random-looking number", "Whose it is"],
  ["The public keys of your devices, and when one joins or leaves", "What your devices are called"],
  [
    "When a device writes, how many changes, and roughly how large each is",
    "What a change says: a name, an album, a rule or a deletion",
  ],
  [
    "How many encrypted pictures there are, roughly how large, and when they are fetched",
    "What is in them, what they were called, their date or place",
  ],
  ["The internet address a device comes from", "Who is in a photo, how many people you have named, or that any album exists"],
];

/** The page. */
export function PrivacyPage(): ReactElement {
  const { state, lookups } = useLibrary();
  return (
    <>
      <PageHead title="Privacy" />
      <div className="cards prose">
        <section className="card">
          <h2>Is this done in a cloud, or on my device?</h2>
          <p>
            <strong>On your device.</strong> Faces are found, compared and grouped by this browser, on this machine. Albums are
            worked out here too. The page may talk to one place only, the relay at <code>{state.relay}</code>, and the browser
            itself enforces that.
          </p>
        </section>
        <section className="card">
          <h2>What stays here</h2>
          <ul className="plain">
            <li>Your original photos. Your other devices get small previews and what was computed from them, both encrypted.</li>
            <li>All keys. They are stored encrypted, under a key that this browser does not hand out, not even to this page.</li>
            <li>
              What you see: {count(lookups.timeline.length, "photo")}, {count(state.view.people.length, "person", "people")},{" "}
              {count(state.view.albums.length, "album")}. None of it exists in readable form anywhere but on your devices.
            </li>
          </ul>
        </section>
        <LockCard />
        <section className="card">
          <h2>What the relay sees</h2>
          <p>
            Your devices are seldom on at the same time, so a relay keeps encrypted parcels until the others fetch them. It cannot
            open them.
          </p>
          <div className="table-frame">
            <table>
              <thead>
                <tr>
                  <th scope="col">The relay learns</th>
                  <th scope="col">It does not learn</th>
                </tr>
              </thead>
              <tbody>
                {learned.map(([yes, no]) => (
                  <tr key={yes}>
                    <td>{yes}</td>
                    <td>{no}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
        <Fingerprint digest={state.view.digest} outbox={state.sync.outbox} />
        <section className="card">
          <h2>What we cannot promise</h2>
          <ul className="plain">
            <li>
              A relay that also serves this page could serve a changed one. At home that is your own machine; elsewhere, trust it
              as you trust an app.
            </li>
            <li>Who holds an unlocked device of yours sees what you see.</li>
            <li>A device that is removed keeps what it already had.</li>
          </ul>
        </section>
      </div>
    </>
  );
}
