/** Plans about packs and index records. */
import { greatestAssertion } from "../facts/assertion.ts";
import type { IndexHash, PackId, PhotoId } from "../ids/ids.ts";
import { ok } from "../primitives/result.ts";
import { findUnknown, refuse, stateAny, type Plan } from "./plan.ts";
import type { Projection } from "./project.ts";

/** Decides between index records that contradict each other. */
export function planSettleIndex(projection: Projection, photo: PhotoId, index: IndexHash): Plan {
  const unknown = findUnknown(projection, { photos: [photo] });
  if (unknown !== null) return unknown;
  const claims = projection.replay.mismatches
    .filter((mismatch) => mismatch.photo === photo)
    .flatMap((mismatch) => mismatch.claims);
  if (claims.some((claim) => claim.index === index)) return ok([{ kind: "settleIndex", photo, index }]);
  return claims.length === 0
    ? refuse("nothing-to-do", "The devices agree on this photo, so there is nothing to decide.")
    : refuse("unknown-subject", "No device announced this index record for the photo; choose one of those that were.");
}

/** Chooses the library's pack. */
export function planChoosePack({ replay }: Projection, pack: PackId): Plan {
  const settings = replay.live.ofKind("setting").filter(({ statement }) => statement.key === "pack");
  const isDone = settings.length === 1 && greatestAssertion(settings)?.statement.text === pack;
  return stateAny(isDone ? [] : [{ kind: "setting", key: "pack", text: pack }], "The library uses this pack already.");
}
