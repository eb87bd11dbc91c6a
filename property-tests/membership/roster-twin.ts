/**
 * Roster, a second time and slowly, from its definition (docs/DESIGN.md §8) and sharing no code with `core/roster/roster.ts`.
 *
 * A key's rank is the least path by which it is admitted. A path is a list of steps from the words, compared step by step, what
 * comes first being senior: the words' path is empty; the founder's is one step; whoever is added has its adder's path and one
 * step more. Of one adder's steps, recovery words come first (by hash of their add), then the founder, then devices (by sequence
 * and hash of their add). The keys are judged from the least path on, looking through all that was judged before for the next.
 */
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { MembershipRecord } from "@albumen/core/roster/roster.ts";
import type { ChainPoint } from "@albumen/core/roster/statement.ts";

/** What records say about who belongs to the library. */
export interface TwinRoster {
  readonly members: readonly {
    readonly device: DeviceId;
    readonly seal: Uint8Array;
    readonly words: boolean;
    readonly rank: number;
    readonly addedBy: DeviceId | null;
    readonly addedIn: RecordHash;
    readonly removedBy: DeviceId | null;
    readonly removedIn: RecordHash | null;
  }[];
  readonly counting: ReadonlySet<RecordHash>;
  readonly isContentHeld: (device: DeviceId, hash: RecordHash) => boolean;
}

/** What the twin needs beside the records. */
export interface TwinContext {
  /** Whether the signature inside a `create` or an `add` is right. */
  readonly isSigned: (record: MembershipRecord) => boolean;
  readonly previousOf: (hash: RecordHash) => RecordHash | null;
}

type Step = readonly [group: 0 | 1 | 2, sequence: number, hash: string];

interface Place {
  readonly device: DeviceId;
  readonly path: readonly Step[];
  readonly seal: Uint8Array;
  readonly words: boolean;
  readonly addedBy: DeviceId | null;
  readonly addedIn: RecordHash;
}

/** A key whose turn has come, with those of its records that count. */
interface Judged extends Place {
  readonly counting: readonly MembershipRecord[];
}

interface NamedRemoval {
  readonly by: DeviceId;
  readonly record: RecordHash;
  readonly cutoff: readonly ChainPoint[];
}

/** Who belongs to `library`; null where there is none. */
export function twinRoster(library: LibraryId, records: readonly MembershipRecord[], context: TwinContext): TwinRoster | null {
  const founding = records.find(({ hash }) => (hash as string) === library);
  if (founding?.statement.kind !== "create" || founding.sequence !== 1 || !context.isSigned(founding)) return null;
  const { words, wordsSeal, seal } = founding.statement;
  const addedIn = founding.hash;
  const roots: readonly Place[] = [
    { device: words, path: [], seal: wordsSeal, words: true, addedBy: null, addedIn },
    { device: founding.device, path: [[1, 0, ""]], seal, words: false, addedBy: words, addedIn },
  ];
  const judged: Judged[] = [];
  for (;;) {
    const places = [...roots, ...judged.flatMap(placesAddedBy)];
    const next = places.filter(({ device }) => !judged.some((one) => one.device === device)).sort(byPath)[0];
    if (next === undefined) return outcome(judged, context);
    const own = records.filter(({ device }) => device === next.device);
    judged.push({ ...next, counting: countingOf(next, inChainOrder(own), judged, library, context) });
  }
}

function placesAddedBy({ device, path, counting }: Judged): readonly Place[] {
  return counting.flatMap(({ statement, sequence, hash }) => {
    if (statement.kind !== "add") return [];
    const step: Step = statement.words ? [0, 0, hash] : [2, sequence, hash];
    const { device: added, seal, words } = statement;
    return [{ device: added, path: [...path, step], seal, words, addedBy: device, addedIn: hash }];
  });
}

/** Those of `own` that hold within the key's cut-off and may do what they say. */
function countingOf(
  key: Place,
  own: readonly MembershipRecord[],
  seniors: readonly Judged[],
  library: LibraryId,
  context: TwinContext,
): readonly MembershipRecord[] {
  const bySeniors = seniors.flatMap(({ counting }) => removalsOf(key.device, counting));
  const final = bySeniors[0] ?? removalsOf(key.device, own)[0];
  return own.filter((record) => {
    if (final !== undefined && record.hash !== final.record && !isHeld(record.hash, final.cutoff, context)) return false;
    const { statement } = record;
    switch (statement.kind) {
      case "create":
        return (record.hash as string) === library;
      case "add":
        return context.isSigned(record);
      case "remove":
        return statement.removed.some(({ device }) => !seniors.some((senior) => senior.device === device));
      case "keep":
        return statement.device !== key.device;
      default:
        return true;
    }
  });
}

function outcome(judged: readonly Judged[], context: TwinContext): TwinRoster {
  const rankOf = (device: DeviceId): number => {
    const at = judged.findIndex((one) => one.device === device);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  // Against its author's own key, or one of greater rank.
  const removalsAgainst = (device: DeviceId): readonly NamedRemoval[] =>
    judged.flatMap(({ counting }) => removalsOf(device, counting)).filter(({ by }) => rankOf(by) <= rankOf(device));
  const keepsOf = (device: DeviceId): readonly ChainPoint[] =>
    judged.flatMap(({ counting }) =>
      counting.flatMap(({ statement }) => (statement.kind === "keep" && statement.device === device ? [statement] : [])),
    );
  return {
    members: judged.map(({ device, seal, words, addedBy, addedIn }, rank) => {
      const removal = removalsAgainst(device)[0];
      return { device, seal, words, rank, addedBy, addedIn, removedBy: removal?.by ?? null, removedIn: removal?.record ?? null };
    }),
    counting: new Set(judged.flatMap(({ counting }) => counting.map(({ hash }) => hash))),
    isContentHeld: (device, hash) => {
      // Nobody knows a stranger; what a member keeps of it counts all the same.
      if (!judged.some((one) => one.device === device)) return isHeld(hash, keepsOf(device), context);
      const removals = removalsAgainst(device);
      if (removals.length === 0) return true;
      return isHeld(hash, [...removals.flatMap(({ cutoff }) => cutoff), ...keepsOf(device)], context);
    },
  };
}

function removalsOf(device: DeviceId, records: readonly MembershipRecord[]): readonly NamedRemoval[] {
  return records.flatMap(({ device: by, hash: record, statement }) => {
    const named = statement.kind === "remove" ? statement.removed.find((one) => one.device === device) : undefined;
    return named === undefined ? [] : [{ by, record, cutoff: named.cutoff }];
  });
}

/** Whether the record is named or a chain ancestor of one named. */
function isHeld(hash: RecordHash, cutoff: readonly ChainPoint[], { previousOf }: TwinContext): boolean {
  return cutoff.some((named) => {
    for (let at: RecordHash | null = named.hash; at !== null; at = previousOf(at)) if (at === hash) return true;
    return false;
  });
}

function inChainOrder(records: readonly MembershipRecord[]): readonly MembershipRecord[] {
  const once = records.filter(({ hash }, at) => records.findIndex((other) => other.hash === hash) === at);
  return once.sort((a, b) => a.sequence - b.sequence || (a.hash < b.hash ? -1 : 1));
}

function byPath(a: Place, b: Place): number {
  for (const [at, step] of a.path.entries()) {
    const other = b.path[at];
    if (other === undefined) return 1;
    const difference = step[0] - other[0] || step[1] - other[1] || (step[2] < other[2] ? -1 : step[2] > other[2] ? 1 : 0);
    if (difference !== 0) return difference;
  }
  return a.path.length - b.path.length;
}
