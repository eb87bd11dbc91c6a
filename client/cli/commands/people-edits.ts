/** `albumen name`, `merge`, `unmerge`, `assign`, `deny`, `ignore`: what people say about faces and people. */
import type { Engine } from "../../engine/api.ts";
import {
  faceCandidates,
  personCandidates,
  selectFace,
  selectPerson,
  selectSomeone,
  someoneCandidates,
  type Someone,
} from "../candidates.ts";
import type { RunCommand } from "../command.ts";
import { type CliResult, failed, wrong } from "../error.ts";
import type { Host } from "../host.ts";
import { stateEdit, withLibrary } from "../library.ts";
import { type Candidate, select, selectNamed } from "../select.ts";
import type { FaceView } from "../view-types.ts";

/** `name ID TEXT`: a group or a face becomes a new person, a person gets another name. */
export const name: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const { view } = engine.state;
    const text = invocation.word("TEXT");
    const chosen = selectNameable(engine, invocation.word("ID"));
    if (!chosen.ok) return chosen;
    const someone = chosen.value;
    if (someone.kind === "person") {
      const { id: person } = someone.person;
      return stateEdit(engine, host, { kind: "name", person, name: text }, { person });
    }
    if (view.people.some((person) => person.name === text)) {
      host.terminal.note(`There is somebody called "${text}" already; if it is the same person, albumen merge unites the two.`);
    }
    const person = engine.newPersonId();
    return someone.kind === "cluster"
      ? stateEdit(engine, host, { kind: "nameCluster", cluster: someone.cluster.id, person, name: text }, { person })
      : stateEdit(engine, host, { kind: "assignNew", faces: [someone.face.id], person, name: text }, { person });
  });

/** `merge A B`: two people are one; a group given beside a person joins it. */
export const merge: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const a = selectSomeone(engine.state.view, invocation.word("A"));
    if (!a.ok) return a;
    const b = selectSomeone(engine.state.view, invocation.word("B"));
    if (!b.ok) return b;
    return mergeTwo(engine, host, a.value, b.value);
  });

/** `unmerge A`: the people whom merges made into one are apart again. */
export const unmerge: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const person = selectPerson(engine.state.view, invocation.word("A"));
    if (!person.ok) return person;
    if (person.value.members.length < 2) return failed(`${person.value.name ?? person.value.id} was not merged with anybody`);
    return stateEdit(engine, host, { kind: "unmerge", person: person.value.id });
  });

/** `assign FACE PERSON`: a name that nobody has yet makes a new person. */
export const assign: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const { view } = engine.state;
    const face = selectFace(view, invocation.word("FACE"));
    if (!face.ok) return face;
    const named = selectNamed(invocation.word("PERSON"), personCandidates(view));
    if (!named.ok) return named;
    const faces = [face.value.id];
    if (named.value !== null) {
      return stateEdit(engine, host, { kind: "assign", faces, person: named.value.id }, { person: named.value.id });
    }
    const person = engine.newPersonId();
    return stateEdit(engine, host, { kind: "assignNew", faces, person, name: invocation.word("PERSON") }, { person });
  });

/** `deny FACE PERSON`: this is not that person. */
export const deny: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const face = selectFace(engine.state.view, invocation.word("FACE"));
    if (!face.ok) return face;
    const person = selectPerson(engine.state.view, invocation.word("PERSON"));
    if (!person.ok) return person;
    return stateEdit(engine, host, { kind: "deny", face: face.value.id, person: person.value.id });
  });

/** `ignore FACE`: nobody one would name. */
export const ignore: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const face = selectFace(engine.state.view, invocation.word("FACE"));
    return face.ok ? stateEdit(engine, host, { kind: "ignore", faces: [face.value.id] }) : face;
  });

type Nameable = Someone | { readonly kind: "face"; readonly face: FaceView };

/** A person, a group or a face; FILE#N is always a face. */
function selectNameable({ state: { view } }: Engine, word: string): CliResult<Nameable> {
  if (/#[1-9]\d*$/.test(word)) {
    const face = selectFace(view, word);
    return face.ok ? { ok: true, value: { kind: "face", face: face.value } } : face;
  }
  const faces = faceCandidates(view).map(
    ({ value: face, id }): Candidate<Nameable> => ({ value: { kind: "face", face }, id, names: [] }),
  );
  const all: readonly Candidate<Nameable>[] = [...someoneCandidates(view), ...(word.includes(".") ? faces : [])];
  return select("person, group or face", word, all);
}

function mergeTwo(engine: Engine, host: Host, a: Someone, b: Someone): Promise<CliResult> {
  if (a.kind === "person" && b.kind === "person") {
    if (a.person.id === b.person.id) return Promise.resolve(failed("both are the same person already"));
    return stateEdit(engine, host, { kind: "merge", a: a.person.id, b: b.person.id });
  }
  if (a.kind === "person" && b.kind === "cluster") {
    return stateEdit(engine, host, { kind: "assign", faces: b.cluster.faces, person: a.person.id });
  }
  if (a.kind === "cluster" && b.kind === "person") return mergeTwo(engine, host, b, a);
  return Promise.resolve(wrong("both are groups without a name: give one of them a name first (albumen name ID TEXT)"));
}
