/** People: those with a name first, then the groups of faces that wait for one, then faces seen once, then hidden people. */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { PageHead } from "../app/page-head.tsx";
import { href } from "../app/route.ts";
import { sentence } from "../app/use-edit.ts";
import { count, personName } from "../model/words.ts";
import type { ClusterView, PersonView } from "../model/types.ts";
import { Empty } from "../ui/empty.tsx";
import { Icon } from "../ui/icon.tsx";
import { bestFace, coverOf } from "./cover-face.ts";
import { FaceCrop } from "./face-crop.tsx";

/** Groups that are shown at first, and with each "Show more". */
const step = 48;

/** The page. */
export function PeoplePage(): ReactElement {
  const { state } = useLibrary();
  const { people, clusters } = state.view;
  const named = people.filter((person) => !person.hidden);
  const hidden = people.filter((person) => person.hidden);
  const groups = clusters.filter((cluster) => cluster.faces.length > 1);
  const single = clusters.filter((cluster) => cluster.faces.length === 1);
  return (
    <>
      <PageHead title="People" note={named.length === 0 ? "" : count(named.length, "person", "people")} />
      {state.modelProblem !== null && (
        <div className="note">
          <Icon name="face" />
          <p>{sentence(state.modelProblem)}</p>
        </div>
      )}
      {people.length + clusters.length === 0 && (
        <Empty icon="people" title="Nobody here yet">
          Add photos, and the faces in them gather here, found on this device. Then you say who they are, once each. In a photo
          you can also draw a frame around a face yourself.
        </Empty>
      )}
      {named.length > 0 && (
        <ul className="faces large">
          {named.map((person) => (
            <PersonCard key={person.id} person={person} />
          ))}
        </ul>
      )}
      <Groups title="Who is this?" hint="Faces that look alike. Choose one to say who it is." clusters={groups} open />
      <Groups title="Seen once" hint="Faces that look like nobody else so far." clusters={single} open={groups.length === 0} />
      {hidden.length > 0 && (
        <details className="section">
          <summary>
            <h2>Hidden</h2> <span className="page-note">{hidden.length}</span>
          </summary>
          <ul className="faces">
            {hidden.map((person) => (
              <PersonCard key={person.id} person={person} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function PersonCard({ person }: { readonly person: PersonView }): ReactElement {
  const { lookups } = useLibrary();
  return (
    <li>
      <a className="face-card" href={href("person", person.id)}>
        <FaceCrop face={coverOf(person, lookups)} />
        <strong>{personName(person)}</strong>
        <small>{count(person.photos.length, "photo")}</small>
        {person.suggested.length > 0 && <span className="badge">{person.suggested.length} to check</span>}
      </a>
    </li>
  );
}

function Groups(props: {
  readonly title: string;
  readonly hint: string;
  readonly clusters: readonly ClusterView[];
  readonly open: boolean;
}): ReactElement | null {
  const { lookups } = useLibrary();
  const [shown, setShown] = useState(step);
  const { clusters } = props;
  if (clusters.length === 0) return null;
  return (
    <details className="section" open={props.open}>
      <summary>
        <h2>{props.title}</h2> <span className="page-note">{clusters.length}</span>
        <p>{props.hint}</p>
      </summary>
      <ul className="faces">
        {clusters.slice(0, shown).map((cluster) => (
          <li key={cluster.id}>
            <a
              className="face-card"
              href={href("group", cluster.id)}
              aria-label={`Unnamed, ${count(cluster.photos.length, "photo")}`}
            >
              <FaceCrop face={bestFace(cluster.faces, lookups)} />
              <small>{count(cluster.photos.length, "photo")}</small>
            </a>
          </li>
        ))}
      </ul>
      {clusters.length > shown && (
        <button type="button" className="button" onClick={() => setShown(shown + 4 * step)}>
          Show more
        </button>
      )}
    </details>
  );
}
