/** Content of a record: events with their facts, announcements and changes of free documents, checked in full. */
import { bigEndian, demand, fromHex, join, Refused, toHex } from "./bytes.ts";
import { decode, isList, type Value } from "./cbor.ts";
import { readChange, readPuts } from "./change.ts";
import { labelled } from "./crypto.ts";
import type { OpenRecord } from "./record.ts";
import { idOf } from "./statement.ts";

/** Something that only a newer version can read. */
export class Newer extends Refused {}

/** One event. */
export interface Event {
  readonly what: string;
  readonly at: number;
  readonly height: number;
  readonly facts: readonly { readonly id: string; readonly cbor: string }[];
  readonly announcement: string | null;
}

/** What a record says. */
export interface Content {
  readonly events: readonly Event[];
  readonly freeChanges: readonly { readonly document: string; readonly hash: string }[];
  readonly seen: readonly { readonly device: string; readonly sequence: number; readonly hash: string }[];
}

/** The content in `bytes` of `record`. @throws Refused, or Newer. */
export function readContent(bytes: Uint8Array, record: OpenRecord): Content {
  const whole = decode(bytes);
  demand(isList(whole), "it is no list");
  if (typeof whole[0] === "number" && whole[0] > 1) throw new Newer("it is of a newer version");
  demand(whole[0] === 1 && whole.length === 3, "it is not of version 1");
  const [, drafts, frontiers] = whole;
  demand(isList(frontiers) && frontiers.length <= 1000 && isList(drafts) && drafts.length <= 1000, "a list is none, or too long");
  const seen = frontiers.map((place) => {
    demand(isList(place) && place.length === 3 && typeof place[1] === "number" && place[1] >= 1, "a place is malformed");
    return { device: idOf(place[0]), sequence: place[1], hash: idOf(place[2]) };
  });
  const freeChanges: Content["freeChanges"][number][] = [];
  let index = 0;
  const events = drafts.map((draft): Event => {
    demand(isList(draft) && draft.length === 4, "an event has not four parts");
    const [what, at, height, body] = draft;
    demand(typeof what === "string" && what.length <= 40 && typeof at === "number", "an event is malformed");
    demand(typeof height === "number" && height >= 1 && isList(body), "an event is malformed");
    const facts = body[0] === 0 ? readFacts(body, record, index) : [];
    index += facts.length;
    if (body[0] === 2) freeChanges.push(...readFree(body));
    const announcement = body[0] === 1 ? bytesIn(body) : null;
    if (typeof body[0] === "number" && body[0] > 2) throw new Newer("an event is of a newer kind");
    demand(body[0] === 0 || body[0] === 1 || body[0] === 2, "a body is of no kind");
    return { what, at, height, facts, announcement: announcement === null ? null : toHex(announcement) };
  });
  return { events, freeChanges, seen };
}

function readFacts(body: readonly Value[], { device, previous }: OpenRecord, first: number): Event["facts"] {
  const change = readChange(bytesIn(body));
  const actor = toHex(labelled("albumen actor 1", fromHex(device), 16));
  demand(change.actor.startsWith(actor) && change.actor.length === 48, "its actor is not of the record's device");
  demand(
    change.dependencies.length === 1 && change.time === 0 && change.message === 0 && change.extra === 0,
    "its head is not as it must be",
  );
  const puts = readPuts(change);
  demand(puts.length > 0, "it puts nothing");
  return puts.map(([key, value], at) => {
    const place = join(fromHex(device), fromHex(previous ?? "0".repeat(64)), bigEndian(first + at, 4), value);
    demand(toHex(labelled("albumen fact 1", place, 16)) === key, "a fact stands under another id");
    return { id: key, cbor: toHex(value) };
  });
}

function readFree(body: readonly Value[]): Content["freeChanges"] {
  const [, document, changes] = body;
  demand(document instanceof Uint8Array && document.length === 16 && body.length === 3, "a document has no id");
  demand(isList(changes) && changes.length > 0 && changes.length <= 10_000, "there are no changes, or too many");
  return changes.map((change) => {
    demand(change instanceof Uint8Array, "a change is no byte string");
    return { document: toHex(document), hash: readChange(change).hash };
  });
}

function bytesIn(body: readonly Value[]): Uint8Array {
  const [, bytes] = body;
  demand(bytes instanceof Uint8Array && body.length === 2, "a body is malformed");
  return bytes;
}
