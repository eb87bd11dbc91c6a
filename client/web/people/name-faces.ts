/** Saying who faces are: one edit, whoever it is and wherever it is said. */
import { useMemo } from "react";
import type { FaceId } from "@albumen/core/ids/face.ts";
import type { ClusterView, PersonView } from "../model/types.ts";
import { useLibrary } from "../app/library.tsx";
import { useEdit } from "../app/use-edit.ts";
import { count, personName } from "../model/words.ts";

/** Ways to say who faces are; each resolves to whether it was made. */
export interface NameFaces {
  readonly assign: (faces: readonly FaceId[], person: PersonView) => Promise<boolean>;
  readonly assignNew: (faces: readonly FaceId[], name: string) => Promise<boolean>;
  readonly nameCluster: (cluster: ClusterView, name: string) => Promise<boolean>;
  readonly deny: (face: FaceId, person: PersonView) => Promise<boolean>;
  readonly ignore: (faces: readonly FaceId[]) => Promise<boolean>;
}

/** The ways. */
export function useNameFaces(): NameFaces {
  const { engine } = useLibrary();
  const edit = useEdit();
  return useMemo(
    () => ({
      assign: (faces, person) =>
        edit(
          { kind: "assign", faces, person: person.id },
          faces.length === 1 ? `This is ${personName(person)}` : `${count(faces.length, "face")} are ${personName(person)}`,
        ),
      assignNew: (faces, name) => edit({ kind: "assignNew", faces, person: engine.newPersonId(), name }, `This is ${name}`),
      nameCluster: (cluster, name) =>
        edit({ kind: "nameCluster", cluster: cluster.id, person: engine.newPersonId(), name }, `This is ${name}`),
      deny: (face, person) => edit({ kind: "deny", face, person: person.id }, `Not ${personName(person)}`),
      ignore: (faces) => edit({ kind: "ignore", faces }, `Ignoring ${count(faces.length, "face")}`),
    }),
    [engine, edit],
  );
}
