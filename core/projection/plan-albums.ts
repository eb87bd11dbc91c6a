/** Plans about albums. */
import { encodeRule } from "../albums/rule-codec.ts";
import { parseRuleText } from "../albums/rule-parser.ts";
import type { Fact } from "../facts/fact.ts";
import type { AlbumId, PhotoId } from "../ids/ids.ts";
import { equalBytes } from "../primitives/bytes.ts";
import { ok, type Result } from "../primitives/result.ts";
import type { EditError } from "./edit.ts";
import { checkText, findUnknown, refuse, stateAny, type Plan } from "./plan.ts";
import type { Projection } from "./project.ts";

/** Makes an album; a rule of white space is none: such an album holds what is pinned. */
export function planCreateAlbum(projection: Projection, album: AlbumId, name: string, rule: string): Plan {
  if (projection.albums.byId.has(album)) return refuse("nothing-to-do", "There is an album with this id already.");
  const text = checkText(name, "name");
  if (!text.ok) return text;
  const stored = readRule(projection, rule);
  if (!stored.ok) return stored;
  const named: Fact = { kind: "albumName", album, text: text.value };
  return ok(stored.value === null ? [named] : [named, { kind: "rule", album, rule: stored.value }]);
}

/** Gives an album another name. */
export function planRenameAlbum(projection: Projection, album: AlbumId, name: string): Plan {
  const unknown = findUnknown(projection, { albums: [album] });
  if (unknown !== null) return unknown;
  const text = checkText(name, "name");
  if (!text.ok) return text;
  const names = projection.albums.byId.get(album)?.names ?? [];
  const isDone = names.length === 1 && names[0]?.statement.text === text.value;
  return stateAny(isDone ? [] : [{ kind: "albumName", album, text: text.value }], `The album is called ${text.value} already.`);
}

/** Gives an album another rule, or none. */
export function planRule(projection: Projection, album: AlbumId, rule: string): Plan {
  const unknown = findUnknown(projection, { albums: [album] });
  if (unknown !== null) return unknown;
  const stored = readRule(projection, rule);
  if (!stored.ok) return stored;
  const rules = projection.albums.byId.get(album)?.rules ?? [];
  const known = rules.length > 0 ? (rules[0]?.statement.rule ?? null) : null;
  const isSame = known === null ? stored.value === null : stored.value !== null && equalBytes(known, stored.value);
  return stateAny(
    isSame && rules.length < 2 ? [] : [{ kind: "rule", album, rule: stored.value }],
    "The album has this rule already.",
  );
}

/** Adds photos to an album by hand, or takes them out of it, whatever its rule says. */
export function planPlacement(projection: Projection, kind: "pin" | "exclude", album: AlbumId, photos: readonly PhotoId[]): Plan {
  const unknown = findUnknown(projection, { albums: [album], photos });
  if (unknown !== null) return unknown;
  const known = projection.albums.byId.get(album);
  const [same, other] = kind === "pin" ? [known?.pins, known?.excludes] : [known?.excludes, known?.pins];
  const open = photos.filter((photo) => same?.has(photo) !== true || other?.has(photo) === true);
  const reason = `These photos are ${kind === "pin" ? "in" : "taken out of"} the album already.`;
  return stateAny(open.length === 0 ? [] : [{ kind, album, photos: open }], reason);
}

/** Deletes an album; its photos stay in the library. */
export function planDeleteAlbum(projection: Projection, album: AlbumId): Plan {
  const unknown = findUnknown(projection, { albums: [album] });
  return unknown ?? ok([{ kind: "delete", entity: { kind: "album", id: album } }]);
}

/** The stored form of a rule's text, null for white space. */
function readRule(projection: Projection, text: string): Result<Uint8Array | null, EditError> {
  if (text.trim() === "") return ok(null);
  const parsed = parseRuleText(text, projection.names);
  return parsed.ok
    ? ok(encodeRule(parsed.value))
    : refuse("bad-rule", `The rule is wrong at character ${parsed.error.at}: ${parsed.error.reason}.`);
}
