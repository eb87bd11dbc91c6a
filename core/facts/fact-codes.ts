/** The codes of the kinds of fact and how many fields each has; the layouts are specified in `fact-codec.ts`. */
import type { FactKind } from "./fact.ts";

/** Code of each kind: never changed, never used again. */
export const codeOfKind: Readonly<Record<FactKind, number>> = {
  assign: 1,
  deny: 2,
  ignore: 3,
  manualFace: 4,
  answer: 5,
  name: 6,
  cover: 7,
  birth: 8,
  hide: 9,
  note: 10,
  union: 11,
  distinct: 12,
  albumName: 13,
  rule: 14,
  sort: 15,
  albumCover: 16,
  pin: 17,
  exclude: 18,
  favourite: 19,
  hidePhoto: 20,
  caption: 21,
  correctDate: 22,
  correctPlace: 23,
  trash: 24,
  restore: 25,
  delete: 26,
  retract: 27,
  setting: 28,
  settleIndex: 29,
};

/** The kind of each code. */
export const kindByCode: ReadonlyMap<number, FactKind> = new Map(
  (Object.keys(codeOfKind) as FactKind[]).map((kind) => [codeOfKind[kind], kind]),
);

/** How many fields stand between the code and the references. */
export function fieldCount(kind: FactKind): 1 | 2 | 3 {
  switch (kind) {
    case "union":
      return 3;
    case "ignore":
    case "trash":
    case "restore":
    case "retract":
      return 1;
    default:
      return 2;
  }
}
