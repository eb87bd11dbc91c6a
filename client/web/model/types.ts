/**
 * The shapes that screens show, by the names that screens use. They are taken from the engine's state, because a screen knows
 * the engine and nothing behind it.
 */
import type { Engine, EngineState } from "../../engine/api.ts";

/** The whole library. */
export type LibraryView = EngineState["view"];
export type PhotoView = LibraryView["photos"][number];
export type FaceView = PhotoView["faces"][number];
export type PersonView = LibraryView["people"][number];
export type ClusterView = LibraryView["clusters"][number];
export type AlbumView = LibraryView["albums"][number];
export type HistoryEntry = LibraryView["history"][number];
export type Digest = LibraryView["digest"];
export type Explanation = NonNullable<ReturnType<Engine["explain"]>>;
export type ExplanationNode = Explanation["tree"];
export type Edit = Parameters<Engine["edit"]>[0];
