/** Stated albums: what live facts say of each album; deleted albums are left out, and stay in the log. */
import { greatestAssertion, type Assertion } from "../facts/assertion.ts";
import type { StatementOf } from "../facts/statement.ts";
import type { AlbumId, PhotoId } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import type { Replay } from "../replay/replay.ts";
import { parseStoredRule } from "./rule-codec.ts";
import type { Rule } from "./rule.ts";

/** What people said of one album. */
export interface StatedAlbum {
  readonly id: AlbumId;
  /** The name that is shown. */
  readonly name: string;
  /** All live names, by (height, id): the last is shown. */
  readonly names: readonly Assertion<StatementOf<"albumName">>[];
  /** All live rules, by (height, id): the last holds. */
  readonly rules: readonly Assertion<StatementOf<"rule">>[];
  /** Null where there is none, or none that this version can read. */
  readonly rule: Rule | null;
  /** Why the stored rule cannot be read, as one sentence. */
  readonly unread: string | null;
  readonly pins: ReadonlyMap<PhotoId, Assertion<StatementOf<"pin">>>;
  readonly excludes: ReadonlyMap<PhotoId, Assertion<StatementOf<"exclude">>>;
}

interface Said {
  readonly names: Assertion<StatementOf<"albumName">>[];
  readonly rules: Assertion<StatementOf<"rule">>[];
  readonly pins: Map<PhotoId, Assertion<StatementOf<"pin">>>;
  readonly excludes: Map<PhotoId, Assertion<StatementOf<"exclude">>>;
}

/** The albums that have a live name, rule or pin, by id: excludes alone make none. */
export function collectAlbums({ live, deleted }: Replay): readonly StatedAlbum[] {
  const saidByAlbum = new Map<AlbumId, Said>();
  const said = (album: AlbumId): Said => {
    const known = saidByAlbum.get(album) ?? { names: [], rules: [], pins: new Map(), excludes: new Map() };
    saidByAlbum.set(album, known);
    return known;
  };
  for (const name of live.ofKind("albumName")) said(name.statement.album).names.push(name);
  for (const rule of live.ofKind("rule")) said(rule.statement.album).rules.push(rule);
  for (const pin of live.ofKind("pin")) said(pin.statement.album).pins.set(pin.statement.photo, pin);
  for (const exclude of live.ofKind("exclude")) said(exclude.statement.album).excludes.set(exclude.statement.photo, exclude);
  return [...saidByAlbum]
    .filter(([id, { names, rules, pins }]) => !deleted.albums.has(id) && names.length + rules.length + pins.size > 0)
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, all]) => stateAlbum(id, all));
}

function stateAlbum(id: AlbumId, said: Said): StatedAlbum {
  const stored = greatestAssertion(said.rules)?.statement.rule ?? null;
  const parsed = stored === null ? null : parseStoredRule(stored);
  return {
    id,
    name: greatestAssertion(said.names)?.statement.text ?? "Unnamed album",
    ...said,
    rule: parsed?.ok === true ? parsed.value : null,
    unread: parsed?.ok === false ? parsed.error.reason : null,
  };
}
