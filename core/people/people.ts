/**
 * People: from live facts, shown faces and clusters to who is where. Facts about deleted people say nothing here; they stay in
 * the log, and undoing the deletion brings them all back.
 */
import { greatestAssertion, type Assertion } from "../facts/assertion.ts";
import type { Statement, StatementOf } from "../facts/statement.ts";
import type { FaceId } from "../ids/face.ts";
import type { PersonId } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import type { Clusterer } from "../ports/clusterer.ts";
import type { Replay } from "../replay/replay.ts";
import { judgeBelonging, type FaceBelonging } from "./belonging.ts";
import { clusterShownFaces, type FaceCluster } from "./face-clusters.ts";
import { judgeFaces, type FaceStanding } from "./face-standings.ts";
import { unitePersons, type PersonClasses } from "./person-classes.ts";
import { namePersons, type ClassNames } from "./person-names.ts";
import { showFaces, type IndexedPhoto, type ShownFaces } from "./shown-faces.ts";

/** One class of united persons. */
export interface Person {
  /** The least id of the class. */
  readonly id: PersonId;
  readonly members: readonly PersonId[];
  readonly names: ClassNames | null;
  /** The fact that hides or shows the person; null where nobody did. */
  readonly hide: Assertion<StatementOf<"hide">> | null;
  readonly cover: FaceId | null;
}

/** Who is where. */
export interface People {
  readonly classes: PersonClasses;
  /** By id. Every person of whom a live fact says anything but that it is not someone. */
  readonly persons: ReadonlyMap<PersonId, Person>;
  readonly faces: ShownFaces;
  readonly standings: ReadonlyMap<FaceId, FaceStanding>;
  readonly belongings: ReadonlyMap<FaceId, FaceBelonging>;
  /** By id. */
  readonly clusters: readonly FaceCluster[];
}

/** Identifies the people on `photos`. */
export function identifyPeople(replay: Replay, photos: readonly IndexedPhoto[], cluster: Clusterer): People {
  const live = <K extends Statement["kind"]>(kind: K): readonly Assertion<StatementOf<K>>[] =>
    replay.live.ofKind(kind).filter(({ statement }) => !personsOf(statement).some((person) => replay.deleted.people.has(person)));
  const classes = unitePersons(live("union"), live("distinct"));
  const facts = { assigns: live("assign"), denies: live("deny"), ignores: live("ignore"), answers: live("answer") };
  const covers = live("cover");
  const naming = [...facts.assigns, ...facts.denies, ...facts.ignores, ...facts.answers, ...live("manualFace"), ...covers];
  const faces = showFaces(photos, naming);
  const all = [...faces.byPhoto.values()].flat();
  const standings = judgeFaces(facts, faces.resolve, classes.classOf);
  const clusters = clusterShownFaces(all, standings, cluster);
  const names = namePersons(live("name"), classes);
  const hides = groupByClass(live("hide"), classes);
  const coversByClass = groupByClass(covers, classes);
  const existing = [
    ...facts.assigns,
    ...live("name"),
    ...live("note"),
    ...live("birth"),
    ...covers,
    ...live("hide"),
    ...live("union"),
  ];
  const ids = new Set(existing.flatMap(({ statement }) => personsOf(statement).map(classes.classOf)));
  const persons = [...ids].sort(compareText).map((id): Person => {
    const cover = greatestAssertion(coversByClass.get(id) ?? [])?.statement.face ?? null;
    return {
      id,
      members: classes.membersOf(id),
      names: names.get(id) ?? null,
      hide: greatestAssertion(hides.get(id) ?? []),
      cover: cover === null ? null : faces.resolve(cover),
    };
  });
  return {
    classes,
    persons: new Map(persons.map((person) => [person.id, person])),
    faces,
    standings,
    belongings: judgeBelonging(all, clusters, standings),
    clusters,
  };
}

/** The persons that a statement is about. */
function personsOf(statement: Statement): readonly PersonId[] {
  if ("person" in statement) return [statement.person];
  return "a" in statement ? [statement.a, statement.b] : [];
}

function groupByClass<A extends Assertion<StatementOf<"hide" | "cover">>>(
  assertions: readonly A[],
  classes: PersonClasses,
): ReadonlyMap<PersonId, readonly A[]> {
  const byClass = new Map<PersonId, A[]>();
  for (const assertion of assertions) {
    const person = classes.classOf(assertion.statement.person);
    const list = byClass.get(person) ?? [];
    list.push(assertion);
    byClass.set(person, list);
  }
  return byClass;
}
