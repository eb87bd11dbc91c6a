/**
 * Face standings: what people said of each shown face, evaluated on the classes of united persons.
 *
 *   assign A ∥ assign B (not united)  the greater (height, id) holds
 *   assign A ∥ deny A                 the deny holds: a wrong photo in a shared album is worse than a missing one
 *   assign ∥ ignore                   the assign holds
 *
 * Facts about deleted people say nothing. All live facts that disagree are reported, and stay until somebody decides.
 */
import { compareAssertions, greatestAssertion, type Assertion } from "../facts/assertion.ts";
import type { StatementOf } from "../facts/statement.ts";
import type { FaceId } from "../ids/face.ts";
import type { PersonId } from "../ids/ids.ts";

type Assign = Assertion<StatementOf<"assign">>;
type Deny = Assertion<StatementOf<"deny">>;
type Ignore = Assertion<StatementOf<"ignore">>;

/** What was said of one face. */
export interface FaceStanding {
  /** The names under which facts speak of it: its own, and those of other packs. */
  readonly names: ReadonlySet<FaceId>;
  /** The assign that holds; null where none does. */
  readonly assign: Assign | null;
  /** The class of its person. */
  readonly person: PersonId | null;
  /** Every live assign to that class. */
  readonly confirming: readonly Assign[];
  /** The live denies, by the class of their person. */
  readonly denies: ReadonlyMap<PersonId, readonly Deny[]>;
  /** Classes of which it was said that nobody can tell. */
  readonly unsure: ReadonlySet<PersonId>;
  /** The ignore that holds; null where none does. */
  readonly ignore: Ignore | null;
  /** Live facts that disagree. */
  readonly conflicts: readonly FaceConflict[];
}

/** Disagreement about one face. */
export interface FaceConflict {
  readonly kind: "assign-assign" | "assign-deny" | "assign-ignore";
  /** The class that holds; for a deny, the class that is denied. */
  readonly person: PersonId;
  readonly facts: readonly Assertion[];
}

/** What facts say of faces. */
export interface FaceFacts {
  readonly assigns: readonly Assign[];
  readonly denies: readonly Deny[];
  readonly ignores: readonly Ignore[];
  readonly answers: readonly Assertion<StatementOf<"answer">>[];
}

interface Said {
  readonly names: Set<FaceId>;
  readonly assigns: Assign[];
  readonly denies: Deny[];
  readonly ignores: Ignore[];
  readonly unsure: Set<PersonId>;
}

/** The standing of every face of which anything was said. */
export function judgeFaces(
  facts: FaceFacts,
  resolve: (named: FaceId) => FaceId | null,
  classOf: (person: PersonId) => PersonId,
): ReadonlyMap<FaceId, FaceStanding> {
  const saidByFace = new Map<FaceId, Said>();
  const said = (named: FaceId): Said => {
    const face = resolve(named) ?? named;
    const known = saidByFace.get(face) ?? { names: new Set(), assigns: [], denies: [], ignores: [], unsure: new Set() };
    known.names.add(named);
    saidByFace.set(face, known);
    return known;
  };
  for (const assign of facts.assigns) said(assign.statement.face).assigns.push(assign);
  for (const deny of facts.denies) said(deny.statement.face).denies.push(deny);
  for (const ignore of facts.ignores) said(ignore.statement.face).ignores.push(ignore);
  for (const { statement } of facts.answers) said(statement.face).unsure.add(classOf(statement.person));
  return new Map([...saidByFace].map(([face, all]) => [face, judgeFace(all, classOf)]));
}

function judgeFace({ names, assigns, denies, ignores, unsure }: Said, classOf: (person: PersonId) => PersonId): FaceStanding {
  const deniesByClass = new Map<PersonId, Deny[]>();
  for (const deny of denies) {
    const denied = classOf(deny.statement.person);
    deniesByClass.set(denied, [...(deniesByClass.get(denied) ?? []), deny]);
  }
  const standing = assigns.filter(({ statement }) => !deniesByClass.has(classOf(statement.person)));
  const assign = greatestAssertion(standing);
  const person = assign === null ? null : classOf(assign.statement.person);
  const ignore = assign === null ? greatestAssertion(ignores) : null;
  const conflicts: FaceConflict[] = [];
  for (const [denied, list] of deniesByClass) {
    const against = assigns.filter(({ statement }) => classOf(statement.person) === denied);
    if (against.length > 0) conflicts.push({ kind: "assign-deny", person: denied, facts: [...against, ...list] });
  }
  if (person !== null && standing.some(({ statement }) => classOf(statement.person) !== person)) {
    conflicts.push({ kind: "assign-assign", person, facts: standing });
  }
  if (person !== null && ignores.length > 0) conflicts.push({ kind: "assign-ignore", person, facts: [...standing, ...ignores] });
  return {
    names,
    assign,
    person,
    confirming: standing.filter(({ statement }) => classOf(statement.person) === person),
    denies: deniesByClass,
    unsure,
    ignore,
    conflicts: conflicts.map((conflict) => ({ ...conflict, facts: [...conflict.facts].sort(compareAssertions) })),
  };
}
