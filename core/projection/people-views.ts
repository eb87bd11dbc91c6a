/** People and unnamed clusters as people see them; faces on trashed photos are left out. */
import type { FaceId } from "../ids/face.ts";
import type { ClusterId, PersonId, PhotoId } from "../ids/ids.ts";
import type { People, Person } from "../people/people.ts";
import { compareText } from "../primitives/bytes.ts";
import type { ClusterView, FaceView, PersonView, PhotoView } from "./view.ts";

/** People by name, then id, those without a name last; and clusters that belong to nobody, most faces first, then id. */
export function viewPeople(
  people: People,
  photos: readonly PhotoView[],
): { readonly people: readonly PersonView[]; readonly clusters: readonly ClusterView[] } {
  const facesByPerson = new Map<PersonId, FaceView[]>();
  const facesByCluster = new Map<ClusterId, FaceView[]>();
  const unnamed = new Set(people.clusters.filter(({ person }) => person === null).map(({ id }) => id));
  for (const photo of photos) {
    if (photo.trashed) continue;
    for (const face of photo.faces) {
      if (face.person !== null) append(facesByPerson, face.person, face);
      else if (face.cluster !== null && unnamed.has(face.cluster)) append(facesByCluster, face.cluster, face);
    }
  }
  return {
    people: [...people.persons.values()]
      .map((person) => viewPerson(person, facesByPerson.get(person.id) ?? [], people))
      .sort((a, b) => compareNames(a.name, b.name) || compareText(a.id, b.id)),
    clusters: [...facesByCluster]
      .map(([id, faces]): ClusterView => ({ id, faces: faceIds(faces), photos: photoIds(faces) }))
      .sort((a, b) => b.faces.length - a.faces.length || compareText(a.id, b.id)),
  };
}

function viewPerson({ id, members, names, hide, cover }: Person, all: readonly FaceView[], people: People): PersonView {
  const faces = all.filter(({ belonging }) => belonging !== "suggested");
  const isUnsure = ({ id: face }: FaceView): boolean => people.standings.get(face)?.unsure.has(id) === true;
  return {
    id,
    members,
    name: names?.shown?.statement.text ?? null,
    aliases: names?.aliases ?? [],
    hidden: hide?.statement.flag === true,
    cover: faces.some((face) => face.id === cover) ? cover : bestFace(faces),
    faces: faceIds(faces),
    suggested: faceIds(all.filter((face) => face.belonging === "suggested" && !isUnsure(face))),
    photos: photoIds(faces),
  };
}

/** The face of the greatest quality; of equals the least id. */
function bestFace(faces: readonly FaceView[]): FaceId | null {
  const [best] = [...faces].sort((a, b) => b.quality - a.quality || compareText(a.id, b.id));
  return best?.id ?? null;
}

function faceIds(faces: readonly FaceView[]): readonly FaceId[] {
  return faces.map(({ id }) => id).sort(compareText);
}

function photoIds(faces: readonly FaceView[]): readonly PhotoId[] {
  return [...new Set(faces.map(({ photo }) => photo))].sort(compareText);
}

function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return compareText(a, b);
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
