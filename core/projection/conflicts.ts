/**
 * Conflicts: live facts that disagree, and what holds meanwhile. They stay in the inbox until somebody states what is right,
 * which supersedes all of them.
 */
import { photoOfFace, type FaceId } from "../ids/face.ts";
import type { FaceConflict } from "../people/face-standings.ts";
import type { People } from "../people/people.ts";
import { compareText } from "../primitives/bytes.ts";
import type { Replay } from "../replay/replay.ts";
import { conflict } from "./conflict-view.ts";
import { findValueConflicts } from "./value-conflicts.ts";
import type { ConflictView } from "./view.ts";
import type { Words } from "./words.ts";

/** All conflicts, by kind, then by their first fact. */
export function viewConflicts(replay: Replay, people: People, words: Words): readonly ConflictView[] {
  const conflicts = [
    ...[...people.standings].flatMap(([face, { conflicts: list }]) =>
      list.map((conflict) => viewFaceConflict(face, conflict, words)),
    ),
    ...people.classes.heldBack.map(({ union, distinct }) =>
      conflict(
        "union-distinct",
        `${words.person(union.statement.a)} and ${words.person(union.statement.b)} were merged, and also said not to be the same: they stay apart.`,
        [union, ...distinct],
      ),
    ),
    ...replay.deleted.overruled.map((deletion) =>
      conflict("delete", `A ${deletion.statement.entity.kind} was deleted while somebody went on working with it: it stays.`, [
        deletion,
      ]),
    ),
    ...findValueConflicts(replay, words),
    ...viewMismatches(replay, words),
  ];
  return conflicts.sort(
    (a, b) => compareText(a.kind, b.kind) || compareText(a.facts.join(" "), b.facts.join(" ")) || compareText(a.text, b.text),
  );
}

function viewFaceConflict(face: FaceId, { kind, person, facts }: FaceConflict, words: Words): ConflictView {
  const where = `a face on ${words.photo(photoOfFace(face))}`;
  const name = words.person(person);
  switch (kind) {
    case "assign-assign":
      return conflict(kind, `Different people were named for ${where}: ${name} holds.`, facts);
    case "assign-deny":
      return conflict(kind, `It was said that ${where} is ${name}, and that it is not: it does not count as ${name}.`, facts);
    case "assign-ignore":
      return conflict(kind, `It was said that ${where} is ${name}, and that it is nobody: ${name} holds.`, facts);
  }
}

function viewMismatches({ mismatches }: Replay, words: Words): readonly ConflictView[] {
  return mismatches.map(({ photo, claims }) => {
    const devices = [...new Set(claims.map(({ device }) => device))].sort(compareText).map(words.device);
    const who = devices.length === 1 ? `${devices[0] ?? ""} computed two` : `${devices.join(" and ")} computed different`;
    return { kind: "index-mismatch", text: `${who} index records for ${words.photo(photo)}: one of them is wrong.`, facts: [] };
  });
}
