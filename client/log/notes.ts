/**
 * Notes: what this device noticed by its own clock and keeps beside its records: incidents (`evidence.ts`), and when it heard that
 * it was removed, for the time in a removal is sealed to those who stay. The latter is table `meta`, key "removed": milliseconds
 * since 1970, canonical CBOR. A note that could not be kept is shown all the same, until this program ends.
 */
import type { Store } from "@albumen/core/ports/store.ts";
import { decodeCbor, encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { incidentsWrite, readIncidents, type Incident } from "./evidence.ts";

/** The notes of one device. */
export interface Notes {
  readonly incidents: () => readonly Incident[];
  /** Milliseconds since 1970; null where it heard of no removal. */
  readonly heardRemoval: () => number | null;
  readonly noteIncident: (incident: Incident) => Promise<void>;
  /** Keeps `at` as the time of the removal, where none is kept yet. */
  readonly noteRemoval: (at: number) => Promise<void>;
}

/** The notes in `store`. */
export async function openNotes(store: Store): Promise<Notes> {
  let incidents = await readIncidents(store);
  let heard = await readHeard(store);
  return {
    incidents: () => incidents,
    heardRemoval: () => heard,
    noteIncident: async (incident) => {
      incidents = [...incidents, incident];
      await store.write([incidentsWrite(incidents)]);
    },
    noteRemoval: async (at) => {
      if (heard !== null) return;
      heard = at;
      await store.write([{ table: "meta", key: "removed", value: encodeCbor(at) }]);
    },
  };
}

async function readHeard(store: Store): Promise<number | null> {
  const bytes = await store.get("meta", "removed");
  const decoded = bytes === null ? null : decodeCbor(bytes);
  return decoded?.ok === true && typeof decoded.value === "number" ? decoded.value : null;
}
