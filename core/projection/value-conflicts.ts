/** Conflicts between values: live facts of one group that say different things. The greatest (height, id) is shown. */
import { greatestAssertion, type Assertion } from "../facts/assertion.ts";
import { groupKey, type Statement } from "../facts/statement.ts";
import { bytesToHex } from "../primitives/bytes.ts";
import type { Replay } from "../replay/replay.ts";
import { conflict } from "./conflict-view.ts";
import { describeFact } from "./fact-text.ts";
import type { ConflictView } from "./view.ts";
import type { Words } from "./words.ts";

const kinds = [
  ...(["name", "note", "birth", "cover", "hide", "albumName", "sort", "rule", "albumCover"] as const),
  ...(["favourite", "hidePhoto", "caption", "correctDate", "correctPlace", "settleIndex", "setting"] as const),
] as const;

/** Disagreements about values, about pins and about trash. */
export function findValueConflicts({ live, deleted }: Replay, words: Words): readonly ConflictView[] {
  const conflicts: ConflictView[] = [];
  const isGone = ({ statement }: Assertion): boolean =>
    ("person" in statement && deleted.people.has(statement.person)) ||
    ("album" in statement && deleted.albums.has(statement.album));
  for (const kind of kinds) {
    for (const group of groupsOf(live.ofKind(kind))) {
      if (group.length < 2 || group.some(isGone) || new Set(group.map(({ statement }) => valueText(statement))).size < 2)
        continue;
      const shown = greatestAssertion(group);
      const text = shown === null ? "" : describeFact([shown.statement], words);
      conflicts.push(conflict(`${kind}-${kind}`, `Different things were said apart; what holds is: ${text}.`, group));
    }
  }
  for (const pin of live.ofKind("pin")) {
    const excludes = live.inGroupOf(pin.statement).filter(({ statement }) => statement.kind === "exclude");
    if (excludes.length === 0 || isGone(pin)) continue;
    const { photo, album } = pin.statement;
    const text = `${words.photo(photo)} was added to the album ${words.album(album)} and taken out of it: it stays out.`;
    conflicts.push(conflict("pin-exclude", text, [pin, ...excludes]));
  }
  for (const trash of live.ofKind("trash")) {
    const restores = live.inGroupOf(trash.statement).filter(({ statement }) => statement.kind === "restore");
    if (restores.length === 0) continue;
    const text = `${words.photo(trash.statement.photo)} was put into the trash and taken out of it: it stays.`;
    conflicts.push(conflict("trash-restore", text, [trash, ...restores]));
  }
  return conflicts;
}

function groupsOf(assertions: readonly Assertion[]): readonly (readonly Assertion[])[] {
  const groups = new Map<string, Assertion[]>();
  for (const assertion of assertions) {
    const key = groupKey(assertion.statement);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [assertion]);
    else group.push(assertion);
  }
  return [...groups.values()];
}

/** Equal for equal statements. */
function valueText(statement: Statement): string {
  return JSON.stringify(statement, (_, value: unknown) => (value instanceof Uint8Array ? bytesToHex(value) : value));
}
