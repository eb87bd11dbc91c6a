/**
 * Face matching: labels survive a new pack. A face that a fact names by another pack's box (or that a person drew) is matched
 * with the faces that the canonical index record shows on that photo: one to one, among the pairs whose boxes overlap by at
 * least one half, greedily by (overlap descending, named face, shown face), each pack of named faces for itself.
 */
import { parseFaceId, type Box, type FaceId } from "../ids/face.ts";
import { compareText } from "../primitives/bytes.ts";
import { compareOverlaps, isHalf, overlapOf, type Overlap } from "./overlap.ts";

/** A face and its box. */
export interface BoxedFace {
  readonly id: FaceId;
  readonly box: Box;
}

interface Candidate {
  readonly named: FaceId;
  readonly shown: FaceId;
  readonly overlap: Overlap;
}

/** The shown face of each named face of one photo that has one; `named` holds no shown face and nothing twice. */
export function matchFaces(named: readonly FaceId[], shown: readonly BoxedFace[]): ReadonlyMap<FaceId, FaceId> {
  const namedByPack = new Map<string, FaceId[]>();
  for (const face of named) {
    const pack = face.slice(50);
    const list = namedByPack.get(pack) ?? [];
    list.push(face);
    namedByPack.set(pack, list);
  }
  return new Map([...namedByPack.values()].flatMap((faces) => matchPack(faces, shown)));
}

function matchPack(named: readonly FaceId[], shown: readonly BoxedFace[]): readonly (readonly [FaceId, FaceId])[] {
  const candidates: Candidate[] = [];
  for (const face of named) {
    const parts = parseFaceId(face);
    if (parts === null) continue;
    for (const { id, box } of shown) {
      const overlap = overlapOf(parts.box, box);
      if (isHalf(overlap)) candidates.push({ named: face, shown: id, overlap });
    }
  }
  candidates.sort(
    (a, b) => compareOverlaps(b.overlap, a.overlap) || compareText(a.named, b.named) || compareText(a.shown, b.shown),
  );
  const taken = new Set<FaceId>();
  const matches: (readonly [FaceId, FaceId])[] = [];
  for (const { named: face, shown: match } of candidates) {
    if (taken.has(face) || taken.has(match)) continue;
    taken.add(face).add(match);
    matches.push([face, match]);
  }
  return matches;
}
