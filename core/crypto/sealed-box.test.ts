import { expect, test } from "vitest";
import { utf8 } from "../primitives/bytes.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { createMemberKeys } from "./keys.ts";
import { openBox, sealBox } from "./sealed-box.ts";

const [owner, other] = [createMemberKeys(seededRandom(1)), createMemberKeys(seededRandom(2))];

test("a box opens for its owner, is 48 bytes longer than what it holds, and for nobody else", () => {
  const box = sealBox(utf8("a key"), owner.seal, seededRandom(3));
  expect(box).toHaveLength(5 + 48);
  expect(openBox(box, owner)).toEqual(utf8("a key"));
  expect(openBox(box, other)).toBeNull();
});

test("a box damaged in any byte, or cut short, does not open", () => {
  const box = sealBox(utf8("a key"), owner.seal, seededRandom(3));
  for (let at = 0; at < box.length; at++) {
    expect(
      openBox(
        box.map((byte, index) => (index === at ? byte ^ 4 : byte)),
        owner,
      ),
      `byte ${at}`,
    ).toBeNull();
    expect(openBox(box.subarray(0, at), owner), `${at} bytes`).toBeNull();
  }
});

test("the ephemeral key comes from the given randomness, and no two boxes share it", () => {
  const random = seededRandom(4);
  const [first, second] = [sealBox(utf8("a key"), owner.seal, random), sealBox(utf8("a key"), owner.seal, random)];
  expect(first.subarray(0, 32)).not.toEqual(second.subarray(0, 32));
  expect(sealBox(utf8("a key"), owner.seal, seededRandom(4))).toEqual(first);
});
