/** Faces that look alike and wait for a name: name them all, or leave out those who are somebody else. */
import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from "react";
import type { FaceId } from "@albumen/core/ids/face.ts";
import type { ClusterId, PhotoId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "../app/library.tsx";
import { PageHead } from "../app/page-head.tsx";
import { href } from "../app/route.ts";
import { photosOf } from "../model/lookups.ts";
import { count } from "../model/words.ts";
import type { ClusterView } from "../model/types.ts";
import { PhotoGrid } from "../photos/photo-grid.tsx";
import { Empty } from "../ui/empty.tsx";
import { Icon } from "../ui/icon.tsx";
import { bestFace } from "./cover-face.ts";
import { FaceCrop } from "./face-crop.tsx";
import { useNameFaces } from "./name-faces.ts";
import { PersonPicker } from "./person-picker.tsx";

/** The page of the group `id`. A group that was just named leads to the person. */
export function GroupPage({ id }: { readonly id: ClusterId | null }): ReactElement {
  const { lookups } = useLibrary();
  const cluster = id === null ? undefined : lookups.clusters.get(id);
  const lastFaces = useRef<readonly FaceId[]>([]);
  useEffect(() => {
    if (cluster !== undefined) lastFaces.current = cluster.faces;
    else {
      const person = lastFaces.current.map((face) => lookups.faces.get(face)?.person ?? null).find((one) => one !== null);
      if (person !== undefined) window.location.replace(href("person", person));
    }
  }, [cluster, lookups]);
  if (cluster !== undefined) return <Group key={cluster.id} cluster={cluster} />;
  return (
    <>
      <PageHead title="Group" back={href("people")} />
      <Empty icon="people" title="This group is no longer there">
        Its faces have a name now, or belong to another group.
      </Empty>
    </>
  );
}

function Group({ cluster }: { readonly cluster: ClusterView }): ReactElement {
  const { lookups } = useLibrary();
  const names = useNameFaces();
  const [out, setOut] = useState<ReadonlySet<FaceId>>(new Set());
  const hrefOf = useCallback((photo: PhotoId) => href("group", cluster.id, photo), [cluster.id]);
  const photos = useMemo(() => photosOf(lookups, cluster.photos), [lookups, cluster.photos]);
  const faces = cluster.faces.filter((face) => !out.has(face));
  const toggle = (face: FaceId): void =>
    setOut((last) => new Set(last.has(face) ? [...last].filter((one) => one !== face) : [...last, face]));
  const create = (name: string): void => void (out.size === 0 ? names.nameCluster(cluster, name) : names.assignNew(faces, name));
  return (
    <>
      <PageHead title="Who is this?" note={count(cluster.faces.length, "face")} back={href("people")} />
      <section className="group-head">
        <FaceCrop face={bestFace(faces, lookups)} className="huge" />
        <div className="stack">
          <PersonPicker
            label="Name of this person"
            focused
            onPick={(person) => void names.assign(faces, person)}
            onCreate={create}
          />
          <button type="button" className="button quiet" onClick={() => void names.ignore(cluster.faces)}>
            <Icon name="hide" /> Nobody I know: ignore {cluster.faces.length === 1 ? "this face" : "these faces"}
          </button>
        </div>
      </section>
      {cluster.faces.length > 1 && (
        <section className="section">
          <p className="hint">
            {out.size === 0
              ? "Somebody else among them? Choose a face to leave it out."
              : `${count(out.size, "face")} left out; the name goes to the other ${faces.length}.`}
          </p>
          <ul className="face-strip">
            {cluster.faces.slice(0, 120).map((face) => (
              <li key={face}>
                <button type="button" aria-pressed={out.has(face)} aria-label="Leave this face out" onClick={() => toggle(face)}>
                  <FaceCrop face={lookups.faces.get(face) ?? null} className="medium" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <PhotoGrid photos={photos} dated={false} hrefOf={hrefOf} chosen={null} onChoose={() => undefined} />
    </>
  );
}
