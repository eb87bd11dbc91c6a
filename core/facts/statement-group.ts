/** Whether two statements are of one group, without writing down the keys of both: see `groupKey`, which says the same. */
import type { Statement } from "./statement.ts";

/** Whether `groupKey` gives the same for both. */
export function isSameGroup(a: Statement, b: Statement): boolean {
  switch (a.kind) {
    case "assign":
    case "deny":
    case "ignore":
      return (b.kind === "assign" || b.kind === "deny" || b.kind === "ignore") && a.face === b.face;
    case "pin":
    case "exclude":
      return (b.kind === "pin" || b.kind === "exclude") && a.album === b.album && a.photo === b.photo;
    case "union":
    case "distinct":
      return (b.kind === "union" || b.kind === "distinct") && isSamePairOfPeople(a, b);
    case "trash":
    case "restore":
      return (b.kind === "trash" || b.kind === "restore") && a.photo === b.photo;
    case "answer":
      return b.kind === "answer" && a.face === b.face && a.person === b.person;
    case "manualFace":
      return b.kind === "manualFace" && a.face === b.face;
    case "name":
    case "note":
    case "birth":
    case "cover":
    case "hide":
      return b.kind === a.kind && a.person === b.person;
    case "albumName":
    case "sort":
    case "rule":
    case "albumCover":
      return b.kind === a.kind && a.album === b.album;
    case "favourite":
    case "hidePhoto":
    case "caption":
    case "correctDate":
    case "correctPlace":
    case "settleIndex":
      return b.kind === a.kind && a.photo === b.photo;
    case "delete":
      return b.kind === "delete" && a.entity.kind === b.entity.kind && a.entity.id === b.entity.id;
    case "retract":
      return b.kind === "retract" && a.target.fact === b.target.fact && a.target.index === b.target.index;
    case "setting":
      return b.kind === "setting" && a.key === b.key;
  }
}

type Pair = Extract<Statement, { readonly kind: "union" | "distinct" }>;

function isSamePairOfPeople(a: Pair, b: Pair): boolean {
  return (a.a === b.a && a.b === b.b) || (a.a === b.b && a.b === b.a);
}
