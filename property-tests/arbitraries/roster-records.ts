/**
 * Membership records for the evaluation of rosters, without envelopes: what a few keys say in any order, honest or not. Forks, gaps,
 * cut-offs that name anything, adds that nobody signed, several adders of one key, creates that found nothing.
 */
import fc from "fast-check";
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { MembershipRecord, RosterContext } from "@albumen/core/roster/roster.ts";
import type { ChainPoint, EpochPart, Statement } from "@albumen/core/roster/statement.ts";

/** Records with the chains they stand in. */
export interface RosterCase {
  readonly library: LibraryId;
  readonly words: DeviceId;
  readonly records: readonly MembershipRecord[];
  readonly previousOf: (hash: RecordHash) => RecordHash | null;
  readonly verify: RosterContext["verify"];
  readonly isSigned: (record: MembershipRecord) => boolean;
  /** `records` and those of `moves`, each at the end of its author's chain. */
  readonly extended: (moves: readonly RosterMove[]) => RosterCase;
}

/** What a key says; numbers are taken modulo what there is to choose from. */
export interface RosterMove {
  /** Who says it: of all keys where `stranger`, otherwise of those that somebody added. */
  readonly by: number;
  readonly stranger: boolean;
  readonly kind: "add" | "addWords" | "remove" | "keep" | "rotate" | "seal" | "ask" | "create";
  /** Whom it is about: one or, for a removal, several. */
  readonly about: readonly number[];
  /** Records that a removal lets hold, or that a keep names. */
  readonly points: readonly number[];
  /** Whether the signature inside is right. */
  readonly signed: boolean;
  /** 0 continues the author's newest record, n its nth before that. */
  readonly back: number;
  /** Decides the order of hashes. */
  readonly hash: number;
}

/** Keys: the words, the founder, and five more. */
const keys = ["f", "a", "b", "c", "d", "e", "9"].map((letter) => letter.repeat(64) as DeviceId);
const library = "0".repeat(64) as LibraryId;
const rarely = fc.nat({ max: 9 }).map((number) => number === 9);
const usualKinds = { add: 8, addWords: 2, remove: 5, keep: 2, rotate: 1, seal: 1, ask: 1, create: 1 };

/** One move; `kinds` with their weights. */
export function rosterMove(kinds: Partial<Record<RosterMove["kind"], number>> = usualKinds): fc.Arbitrary<RosterMove> {
  const weighted = Object.entries(kinds).map(([kind, weight]) => ({
    weight,
    arbitrary: fc.constant(kind as RosterMove["kind"]),
  }));
  return fc.record({
    by: fc.nat({ max: 419 }),
    stranger: rarely,
    kind: fc.oneof(...weighted),
    about: fc.uniqueArray(fc.nat({ max: keys.length - 1 }), { minLength: 1, maxLength: 3 }),
    points: fc.array(fc.nat({ max: 40 }), { maxLength: 3 }),
    signed: rarely.map((not) => !not),
    back: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 3 }) }),
    hash: fc.nat({ max: 0xffff }),
  });
}

/** A library and up to 20 moves after its founding, which itself may be none. */
export const rosterCase: fc.Arbitrary<RosterCase> = fc
  .tuple(
    fc.array(rosterMove(), { minLength: 2, maxLength: 20, size: "max" }),
    fc.record({
      signed: fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      sequence: fc.oneof({ weight: 30, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(2) }),
    }),
  )
  .map(([moves, founding]) => createCase([foundingRecord(founding)], new Map(), moves));

function createCase(
  before: readonly MembershipRecord[],
  previous: ReadonlyMap<RecordHash, RecordHash | null>,
  moves: readonly RosterMove[],
): RosterCase {
  const records = [...before];
  const chains = new Map(previous);
  const hashOf = ({ hash }: RosterMove, at: number): RecordHash =>
    `${hash.toString(16).padStart(4, "0")}${(before.length + at).toString(16).padStart(60, "0")}` as RecordHash;
  const hashes = [...before.map(({ hash }) => hash), ...moves.map(hashOf)];
  for (const move of moves) {
    const speakers = move.stranger ? keys : [...keys.slice(0, 2), ...added(records)];
    const device = speakers[move.by % speakers.length] as DeviceId;
    const own = records.filter((record) => record.device === device);
    const last = own.sort((a, b) => a.sequence - b.sequence).at(-1 - move.back);
    const hash = hashes[records.length] as RecordHash;
    chains.set(hash, last?.hash ?? null);
    records.push({ device, sequence: (last?.sequence ?? 0) + 1, hash, statement: statementOf(move, hashes, records.length) });
  }
  return {
    library,
    words: keys[0] as DeviceId,
    records,
    previousOf: (hash) => (records.some((record) => record.hash === hash) ? (chains.get(hash) ?? null) : null),
    verify: (kind, _message, signature) => signature[0] === (kind === "create" ? 1 : 2),
    isSigned,
    extended: (more) => createCase(records, chains, more),
  };
}

function added(records: readonly MembershipRecord[]): readonly DeviceId[] {
  return [...new Set(records.flatMap(({ statement }) => (statement.kind === "add" ? [statement.device] : [])))];
}

function isSigned({ statement }: MembershipRecord): boolean {
  if (statement.kind === "create") return statement.wordsSignature[0] === 1;
  return statement.kind === "add" && statement.countersignature[0] === 2;
}

function statementOf(move: RosterMove, hashes: readonly RecordHash[], serial: number): Statement {
  const seal = new Uint8Array(32).fill(serial);
  const device = keys[move.about[0] ?? 0] as DeviceId;
  const pointAt = (number: number): ChainPoint => ({ sequence: 1, hash: hashes[number % hashes.length] as RecordHash });
  switch (move.kind) {
    case "add":
    case "addWords": {
      const countersignature = new Uint8Array(64).fill(move.signed ? 2 : 0);
      return { kind: "add", device, seal, words: move.kind === "addWords", parents: [], countersignature, secrets: [], epoch };
    }
    case "remove": {
      const cutoff = move.points.map(pointAt);
      return { kind: "remove", removed: move.about.map((number) => ({ device: keys[number] as DeviceId, cutoff })), epoch };
    }
    case "keep":
      return { kind: "keep", device, ...pointAt(move.points[0] ?? 0) };
    case "rotate":
      return { kind: "rotate", epoch };
    case "seal":
      return { kind: "seal", of: null, device, box: new Uint8Array(112) };
    case "ask":
      return { kind: "ask", epochs: [], secret: true, failed: [] };
    case "create":
      return foundingRecord({ signed: move.signed, sequence: 1 }).statement;
  }
}

const epoch: EpochPart = { parents: [], commitment: new Uint8Array(32), boxes: [] };

function foundingRecord({ signed, sequence }: { readonly signed: boolean; readonly sequence: number }): MembershipRecord {
  const statement: Statement = {
    kind: "create",
    seal: new Uint8Array(32).fill(201),
    words: keys[0] as DeviceId,
    wordsSeal: new Uint8Array(32).fill(202),
    wordsSignature: new Uint8Array(64).fill(signed ? 1 : 0),
    secretCommitment: new Uint8Array(32),
    secrets: [],
    epoch,
  };
  return { device: keys[1] as DeviceId, sequence, hash: library as string as RecordHash, statement };
}
