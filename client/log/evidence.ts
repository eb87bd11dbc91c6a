/**
 * Evidence: what the log shows of a relay or a device that does not behave, in words for people. Nothing here stops any work.
 *
 * Forks and missing records are read off the chains (`core/sync/chains.ts`) whenever somebody looks. What passes, a relay that
 * went back or a copy of this device, is kept in the store: table `meta`, key "evidence", canonical CBOR
 * [1, [[kind, at, detail]]], the newest 100.
 */
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { currentMembers, type Membership } from "@albumen/core/membership/membership.ts";
import type { Store, StoreWrite } from "@albumen/core/ports/store.ts";
import { decodeCbor, encodeCbor, type CborValue } from "@albumen/core/primitives/cbor.ts";
import type { Cursor } from "@albumen/core/wire/page.ts";
import type { EvidenceView } from "./api.ts";
import type { Ledger } from "./ledger.ts";

/** Something that happened once. */
export interface Incident {
  readonly kind: "rollback" | "other-log" | "copy" | "snapshot";
  /** Milliseconds since 1970 by this device's clock. */
  readonly at: number;
  /**
   * Rollback and other log: records known and shown. Copy: the sequence at which another copy wrote. Snapshot: how many records
   * it had otherwise than the log; 0 where it was damaged as a whole.
   */
  readonly detail: readonly number[];
}

const kinds: readonly Incident["kind"][] = ["rollback", "other-log", "copy", "snapshot"];
const maximalIncidents = 100;

/** What a relay's contradiction is: the same store that went back, or another store. */
export function contradictionOf(known: Cursor, shown: Cursor, at: number): Incident {
  const isSameStore = known.store.every((byte, index) => byte === shown.store[index]);
  return { kind: isSameStore ? "rollback" : "other-log", at, detail: [known.sequence, shown.sequence] };
}

/** The incidents that `store` keeps; none where the value is damaged: evidence is no reason not to start. */
export async function readIncidents(store: Store): Promise<readonly Incident[]> {
  const bytes = await store.get("meta", "evidence");
  const decoded = bytes === null ? null : decodeCbor(bytes);
  if (decoded?.ok !== true || !Array.isArray(decoded.value)) return [];
  const [version, list] = decoded.value as readonly CborValue[];
  return version === 1 && Array.isArray(list) ? (list as readonly CborValue[]).flatMap(parseIncident) : [];
}

/** The write that keeps the newest of `incidents`. */
export function incidentsWrite(incidents: readonly Incident[]): StoreWrite {
  const list = incidents.slice(-maximalIncidents).map(({ kind, at, detail }): CborValue => [kinds.indexOf(kind), at, detail]);
  return { table: "meta", key: "evidence", value: encodeCbor([1, list]) };
}

/** Everything that there is to show, incidents last. */
export function viewEvidence(
  { chains }: Ledger,
  membership: Membership,
  incidents: readonly Incident[],
  nameOf: (device: DeviceId) => string,
): readonly EvidenceView[] {
  const { roster } = membership;
  const forks = chains.forks().filter(({ device }) => roster.memberOf(device) !== null);
  const members = new Set(currentMembers(membership).map(({ device }) => device));
  const missing = chains.missing().filter(({ device, toldBy }) => {
    return roster.memberOf(device) !== null && toldBy.some((by) => members.has(by));
  });
  return [
    ...forks.map(({ device, sequence, hashes }): EvidenceView => {
      const text = `${nameOf(device)} said ${hashes.length} different things as its ${ordinal(sequence)} record: it was copied or restored from a backup, or somebody else has its key. All of them are kept and count.`;
      return { kind: "fork", device, at: null, records: hashes, text };
    }),
    ...missingByDevice(missing, nameOf),
    ...failedKeys(membership),
    ...incidents.map((incident): EvidenceView => ({ ...viewIncident(incident), device: null, records: [] })),
  ];
}

type Missing = ReturnType<Ledger["chains"]["missing"]>[number];

function missingByDevice(missing: readonly Missing[], nameOf: (device: DeviceId) => string): EvidenceView[] {
  const byDevice = new Map<DeviceId, Missing[]>();
  for (const one of missing) byDevice.set(one.device, [...(byDevice.get(one.device) ?? []), one]);
  return [...byDevice].map(([device, list]) => {
    const tellers = [...new Set(list.flatMap(({ toldBy }) => toldBy))].map(nameOf).join(" and ");
    const what = list.length === 1 ? "a record" : `${list.length} records`;
    const text = `${what} of ${nameOf(device)} that ${tellers} had seen did not arrive here: still on the way, lost, or held back by the relay.`;
    return { kind: "missing", device, at: null, records: list.map(({ hash }) => hash), text: capital(text) };
  });
}

function failedKeys({ failedEpochs, secretFailed }: Membership): EvidenceView[] {
  if (failedEpochs.length === 0 && !secretFailed) return [];
  const text =
    "A key that was sent to this device is not the one that was promised: what is written under it cannot be read here until another device sends the right one.";
  return [{ kind: "failed-key", device: null, at: null, records: [], text }];
}

function viewIncident({ kind, at, detail: [first = 0, second = 0] }: Incident): Pick<EvidenceView, "kind" | "at" | "text"> {
  switch (kind) {
    case "rollback":
      return {
        kind,
        at,
        text: `The relay had shown ${first} records and then showed a log that does not continue them (${second} records): it was set back to an older state, or it lies. This device read everything again and brought what was missing.`,
      };
    case "other-log":
      return {
        kind,
        at,
        text: `The relay answered from another store than before (${second} records instead of ${first}): it was set up anew, moved, or copied. This device read everything and brought what was missing.`,
      };
    case "copy":
      return {
        kind,
        at,
        text: `Another copy of this device wrote with its key (record ${first}): a cloned profile, or a restored backup. This device goes on under a new key; nothing that either of them wrote is lost.`,
      };
    case "snapshot": {
      const what = first === 0 ? "was damaged" : `did not agree with the log (${first === 1 ? "1 record" : `${first} records`})`;
      return {
        kind,
        at,
        text: `What this device had remembered of the log, to start faster, ${what}: it was thrown away, and the log holds.`,
      };
    }
  }
}

function parseIncident(value: CborValue): Incident[] {
  if (!Array.isArray(value) || value.length !== 3) return [];
  const [code, at, detail] = value as readonly CborValue[];
  const kind = typeof code === "number" ? kinds[code] : undefined;
  if (kind === undefined || typeof at !== "number" || !Array.isArray(detail)) return [];
  return [{ kind, at, detail: (detail as readonly CborValue[]).filter((number) => typeof number === "number") }];
}

function ordinal(number: number): string {
  const teen = Math.floor(number / 10) % 10 === 1;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
