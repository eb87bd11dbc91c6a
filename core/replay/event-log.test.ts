import { describe, expect, test } from "vitest";
import { encodeFact } from "../facts/fact-codec.ts";
import type { VerifiedEvent, VerifiedRecord } from "../facts/verified-record.ts";
import type { DeviceId, FactId, PersonId, RecordHash } from "../ids/ids.ts";
import { encodeCbor } from "../primitives/cbor.ts";
import { createEventLog, eventId } from "./event-log.ts";

const bytes = encodeFact({ kind: "name", person: "1".repeat(32) as PersonId, text: "Anna" });

const event = (height: number, ...facts: readonly string[]): VerifiedEvent => ({
  what: "name",
  at: 0,
  height,
  facts: facts.map((id) => ({ id: id as FactId, bytes })),
  announcement: null,
});

const record = (hash: string, ...events: readonly VerifiedEvent[]): VerifiedRecord => ({
  hash: hash as RecordHash,
  device: "device" as DeviceId,
  sequence: 1,
  previous: null,
  seen: [],
  events,
});

const nothingVoid = (): boolean => false;

describe("event log", () => {
  test("order and repetition of records change nothing", () => {
    const records = [record("b", event(2, "f2"), event(3, "f3")), record("a", event(1, "f1")), record("c", event(3, "f4"))];
    const once = createEventLog(records, nothingVoid);
    expect(createEventLog([...records].reverse(), nothingVoid)).toEqual(once);
    expect(createEventLog([...records, ...records], nothingVoid)).toEqual(once);
    expect(once.events.map(eventId)).toEqual(["a.0", "b.0", "b.1", "c.0"]);
    expect(once.facts.map(({ id }) => id)).toEqual(["f1", "f2", "f3", "f4"]);
    expect(once.height).toBe(3);
  });

  test("an event beyond 1024 + 2 × events waits, raises no height, and counts once enough is held", () => {
    const far = record("far", event(1030, "late"));
    const waiting = createEventLog([far, record("a", event(1, "f1"))], nothingVoid);
    expect(waiting.height).toBe(1);
    expect(waiting.facts.map(({ id }) => id)).toEqual(["f1"]);
    expect(waiting.events.map((event) => [eventId(event), event.waits])).toEqual([
      ["a.0", false],
      ["far.0", true],
    ]);
    const more = createEventLog([far, record("a", event(1, "f1")), record("b", event(2, "f2"))], nothingVoid);
    expect(more.height).toBe(1030);
  });

  test("a fact in both branches of a fork counts once, from the branch that is not void, then from the least height", () => {
    const left = record("left", event(5, "f"));
    const right = record("right", event(4, "f"));
    expect(createEventLog([left, right], nothingVoid).facts).toMatchObject([{ id: "f", height: 4, isVoid: false }]);
    expect(createEventLog([left, right], ({ hash }) => hash === "right").facts).toMatchObject([
      { id: "f", height: 5, isVoid: false },
    ]);
    expect(createEventLog([left, right], () => true).facts).toMatchObject([{ id: "f", height: 4, isVoid: true }]);
  });

  test("facts of an unknown kind and damaged facts are kept, and say so", () => {
    const odd: VerifiedEvent = {
      ...event(1),
      facts: [
        { id: "new" as FactId, bytes: encodeCbor([77]) },
        { id: "bad" as FactId, bytes: encodeCbor([6, "x"]) },
      ],
    };
    const log = createEventLog([record("a", odd)], nothingVoid);
    expect(log.facts.map(({ id, unread }) => [id, unread])).toEqual([
      ["bad", "holds a damaged fact"],
      ["new", "needs a newer version: it holds a kind of fact that this one does not know"],
    ]);
    expect(log.events[0]?.parsed.unread).toBe("needs a newer version: it holds a kind of fact that this one does not know");
  });
});
