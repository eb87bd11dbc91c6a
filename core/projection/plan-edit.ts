/**
 * From an edit to the facts that state it. Each fact supersedes the live facts that its author sees in its groups
 * (`superseding.ts`), so an edit decides every disagreement it touches, and disagrees with what it could not see.
 */
import { encodeFact } from "../facts/fact-codec.ts";
import { ok, type Result } from "../primitives/result.ts";
import type { Edit, EditError } from "./edit.ts";
import { planCreateAlbum, planDeleteAlbum, planPlacement, planRenameAlbum, planRule } from "./plan-albums.ts";
import { planAssign, planAssignNamed, planDeny, planIgnore, planManualFace, planNameCluster, planNotSure } from "./plan-faces.ts";
import { splitFact } from "./split-fact.ts";
import { planCover, planDeletePerson, planDistinct, planHidePerson, planMerge, planName, planUnmerge } from "./plan-people.ts";
import { planChoosePack, planSettleIndex } from "./plan-index.ts";
import { planCaption, planDate, planFlag, planPlace, planTrash } from "./plan-photos.ts";
import { planUndo } from "./plan-undo.ts";
import type { Plan } from "./plan.ts";
import type { Projection } from "./project.ts";
import { findSuperseded } from "./superseding.ts";

/** One event to write: what it was, and its facts, encoded, with what they supersede. */
export interface PlannedEdit {
  /** A short verb for history. */
  readonly what: string;
  readonly facts: readonly Uint8Array[];
}

/** The facts that state `edit` on top of what `projection` shows, or why there is nothing to state. */
export function planEdit(edit: Edit, projection: Projection): Result<PlannedEdit, EditError> {
  const plan = planFacts(edit, projection);
  if (!plan.ok) return plan;
  const facts = plan.value.flatMap(splitFact);
  return ok({ what: edit.kind, facts: facts.map((fact) => encodeFact(fact, findSuperseded(fact, projection))) });
}

function planFacts(edit: Edit, projection: Projection): Plan {
  switch (edit.kind) {
    case "nameCluster":
      return planNameCluster(projection, edit.cluster, edit.person, edit.name);
    case "name":
      return planName(projection, edit.person, edit.name);
    case "assign":
      return planAssign(projection, edit.faces, edit.person);
    case "assignNew":
      return planAssignNamed(projection, edit.faces, edit.person, edit.name);
    case "deny":
      return planDeny(projection, edit.face, edit.person);
    case "notSure":
      return planNotSure(projection, edit.face, edit.person);
    case "ignore":
      return planIgnore(projection, edit.faces);
    case "manualFace":
      return planManualFace(projection, edit.photo, edit.box);
    case "merge":
      return planMerge(projection, edit.a, edit.b);
    case "unmerge":
      return planUnmerge(projection, edit.person);
    case "distinct":
      return planDistinct(projection, edit.a, edit.b);
    case "hidePerson":
      return planHidePerson(projection, edit.person, edit.hidden);
    case "cover":
      return planCover(projection, edit.person, edit.face);
    case "deletePerson":
      return planDeletePerson(projection, edit.person);
    case "createAlbum":
      return planCreateAlbum(projection, edit.album, edit.name, edit.rule);
    case "renameAlbum":
      return planRenameAlbum(projection, edit.album, edit.name);
    case "rule":
      return planRule(projection, edit.album, edit.rule);
    case "pin":
    case "exclude":
      return planPlacement(projection, edit.kind, edit.album, edit.photos);
    case "deleteAlbum":
      return planDeleteAlbum(projection, edit.album);
    case "favourite":
      return planFlag(projection, edit.kind, edit.photo, edit.favourite);
    case "hidePhoto":
      return planFlag(projection, edit.kind, edit.photo, edit.hidden);
    case "caption":
      return planCaption(projection, edit.photo, edit.text);
    case "trash":
    case "restore":
      return planTrash(projection, edit.kind, edit.photos);
    case "correctDate":
      return planDate(projection, edit.photos, edit.date);
    case "correctPlace":
      return planPlace(projection, edit.photos, edit.place);
    case "settleIndex":
      return planSettleIndex(projection, edit.photo, edit.index);
    case "choosePack":
      return planChoosePack(projection, edit.pack);
    case "undo":
      return planUndo(projection, edit.event);
  }
}
