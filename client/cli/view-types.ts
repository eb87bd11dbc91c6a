/** The engine's types under the names that commands use; core itself is not a front's to import. */
import type { Engine, EngineState } from "../engine/api.ts";

export type Edit = Parameters<Engine["edit"]>[0];
export type LibraryView = EngineState["view"];
export type PhotoView = LibraryView["photos"][number];
export type FaceView = PhotoView["faces"][number];
export type PersonView = LibraryView["people"][number];
export type ClusterView = LibraryView["clusters"][number];
export type AlbumView = LibraryView["albums"][number];
export type HistoryEntry = LibraryView["history"][number];
