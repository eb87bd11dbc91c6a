import { describe, expect, test } from "vitest";
import type { DeviceId, EpochId, RecordHash } from "../ids/ids.ts";
import type { MembershipRecord, Roster } from "../roster/roster.ts";
import { epochsOf, headEpochs, writableAmong, type Epoch } from "./epochs.ts";

const [laptop, phone] = ["1".repeat(64), "2".repeat(64)] as [DeviceId, DeviceId];
const idOf = (letter: string): EpochId => letter.repeat(64) as EpochId;

function epoch(letter: string, parents: string, recipients: readonly DeviceId[] = [laptop, phone], counts = true): Epoch {
  const boxes = recipients.map((device) => ({ device, box: new Uint8Array(112) }));
  return { id: idOf(letter), author: laptop, counts, parents: [...parents].map(idOf), commitment: new Uint8Array(32), boxes };
}
const heads = (...epochs: readonly Epoch[]): string =>
  headEpochs(epochs)
    .map(({ id }) => id[0])
    .join("");

describe("heads", () => {
  test("are the epochs that no other names as a parent", () => {
    expect(heads(epoch("a", ""), epoch("b", "a"), epoch("c", "a"))).toBe("bc");
    expect(heads(epoch("a", ""), epoch("b", "a"), epoch("c", "a"), epoch("d", "bc"))).toBe("d");
  });

  test("are none that do not count, and what does not count replaces nothing", () => {
    expect(heads(epoch("a", ""), epoch("b", "a", [laptop], false))).toBe("a");
    expect(heads(epoch("a", ""), epoch("b", "a", [laptop], false), epoch("c", "b"))).toBe("ac");
  });
});

describe("the epoch to write under", () => {
  const members = [phone, laptop].map((device) => ({ device }));
  const writable = (epochs: readonly Epoch[], held = "abcd"): string | null =>
    writableAmong(epochs, members, new Map([...held].map((letter) => [idOf(letter), true])))?.[0] ?? null;

  test("is the head with the least id that is for exactly the members", () => {
    expect(writable([epoch("a", ""), epoch("b", "a"), epoch("c", "a")])).toBe("b");
    expect(
      writable([epoch("b", "", [laptop]), epoch("c", "", [laptop, phone, idOf("3") as string as DeviceId]), epoch("d", "")]),
    ).toBe("d");
    expect(writable([epoch("b", "", [laptop])])).toBeNull();
  });

  test("is one whose key is held", () => {
    expect(writable([epoch("b", ""), epoch("c", "")], "c")).toBe("c");
    expect(writable([epoch("b", ""), epoch("c", "")], "a")).toBeNull();
  });
});

test("records found the epochs of their hash, each once and sorted; a record that does not count founds one that does not", () => {
  const record = (letter: string, statement: MembershipRecord["statement"]): MembershipRecord => ({
    device: phone,
    sequence: 1,
    hash: letter.repeat(64) as RecordHash,
    statement,
  });
  const part = { parents: [idOf("9")], commitment: new Uint8Array(32).fill(3), boxes: [] };
  const rotate = { kind: "rotate", epoch: part } as const;
  const ask = { kind: "ask", epochs: [], secret: true, failed: [] } as const;
  const records = [record("c", rotate), record("b", ask), record("a", rotate), record("c", rotate)];
  const counting: Pick<Roster, "counting"> = { counting: new Set(["a".repeat(64) as RecordHash]) };
  expect(epochsOf(records, counting as Roster)).toEqual([
    { ...part, id: idOf("a"), author: phone, counts: true },
    { ...part, id: idOf("c"), author: phone, counts: false },
  ]);
});
