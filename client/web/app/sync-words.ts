/** The state of sync in words that a person uses. */
import type { SyncState } from "../../engine/api.ts";
import { count } from "../model/words.ts";

/** What the dot and the text beside it say. */
export interface SyncWords {
  readonly tone: "good" | "busy" | "away";
  readonly short: string;
  readonly long: string;
}

/** The words for `sync`, on a device that was removed where `removed`. */
export function syncWords(sync: SyncState, removed: boolean): SyncWords {
  const waiting = sync.outbox + sync.uploads;
  const unsent = waiting === 0 ? "nothing waits to be sent" : `${count(waiting, "change")} wait here and will be sent`;
  if (removed) return { tone: "away", short: "Removed", long: `Nothing newer comes to this device; ${unsent}.` };
  if (sync.phase === "offline") {
    const why = sync.problem === null ? "" : ` (${sync.problem})`;
    return { tone: "away", short: "Offline", long: `The relay cannot be reached${why}. Everything works; ${unsent}.` };
  }
  const resting = sync.phase === "idle" && sync.lastComplete !== null && waiting === 0;
  if (sync.phase === "idle" && !resting)
    return { tone: "away", short: "Not in sync yet", long: `Albumen has not reached the relay yet; ${unsent}.` };
  if (sync.phase === "syncing" || waiting + sync.downloads > 0) {
    const parts = [
      ...(sync.outbox > 0 ? [`sending ${count(sync.outbox, "change")}`] : []),
      ...(sync.uploads > 0 ? [`sending ${count(sync.uploads, "encrypted picture")}`] : []),
      ...(sync.downloads > 0 ? [`fetching ${count(sync.downloads, "encrypted picture")}`] : []),
    ];
    return {
      tone: "busy",
      short: "Syncing",
      long: parts.length === 0 ? "Comparing with the relay." : `Now ${parts.join(", ")}.`,
    };
  }
  return { tone: "good", short: "In sync", long: "All your changes have reached the relay, encrypted, for your other devices." };
}
