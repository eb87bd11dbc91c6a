/** Verification: computes index records again from the originals and compares them with the library's, bit for bit. */
import { plainHash } from "@albumen/core/crypto/hash.ts";
import { encodeIndexRecord } from "@albumen/core/index/index-record.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import type { VerifyReport } from "./api.ts";
import type { Desk } from "./desk.ts";
import { readOriginal } from "./originals.ts";

/** Checks `sample` photos, evenly spread over the library in order of id, or all of them where it is null. */
export async function verifyIndex(desk: Desk, sample: number | null): Promise<VerifyReport> {
  const { indexer } = await desk.parts.indexer();
  const differing: VerifyReport["differing"][number][] = [];
  let [checked, equal, withoutOriginal] = [0, 0, 0];
  const photos = [...desk.state().view.photos].sort((a, b) => (a.id < b.id ? -1 : 1));
  const step = sample === null ? 1 : Math.max(1, Math.floor(photos.length / Math.max(1, sample)));
  for (const photo of photos.filter((_, at) => at % step === 0).slice(0, sample ?? photos.length)) {
    const original = await readOriginal(desk.parts, photo.id);
    if (original === null) {
      withoutOriginal++;
      continue;
    }
    checked++;
    const { id, file } = photo;
    const indexed = await indexer.index(original);
    if (!indexed.ok) {
      differing.push({ photo: id, file, reason: indexed.error.reason });
      continue;
    }
    const computed = encodeIndexRecord({ photo: id, ...indexed.value.index });
    if (bytesToHex(plainHash(computed)) === (photo.index as string)) equal++;
    else if (desk.indexPack(photo.index) === indexed.value.index.pack)
      differing.push({ photo: id, file, reason: "the same pack gives other bytes here" });
    else differing.push({ photo: id, file, reason: "the library's record was computed with another pack" });
  }
  return { checked, equal, differing, withoutOriginal };
}
