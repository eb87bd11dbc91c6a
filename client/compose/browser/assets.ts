/**
 * Where the build put the binaries: the decoders and the runtime of `models/pipeline/assets.ts`, and Automerge. The list is
 * written into the bundle by `client/web/vite.config.ts`, with a hash in each name, so that a binary never goes with other code.
 */
import type { AssetName } from "@albumen/models/pipeline/assets.ts";

/** Address of each binary by its name. */
export type AssetUrls = Readonly<Record<AssetName | "automerge", string>>;

/** Replaced by the build. */
declare const __ALBUMEN_ASSETS__: AssetUrls;

/** Address of each binary, from the root of this page's origin. */
export const assetUrls: AssetUrls = __ALBUMEN_ASSETS__;
