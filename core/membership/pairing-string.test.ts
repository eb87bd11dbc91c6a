import { expect, test } from "vitest";
import { pairingString, pairingStringToText } from "./pairing-string.ts";

/** The symbol of each of the 64 values. */
const symbols = Array.from({ length: 64 }, (_, value) => pairingString(Uint8Array.of(value)).symbols).flat();

test("64 symbols, no emoji and no name twice", () => {
  expect(new Set(symbols.map(({ emoji }) => emoji)).size).toBe(64);
  expect(new Set(symbols.map(({ name }) => name)).size).toBe(64);
  for (const { name } of symbols) expect(name).toMatch(/^[A-Z][a-z]+( [a-z]+)?$/);
});

test("each is one emoji, drawn in colour by itself", () => {
  const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { emoji } of symbols) {
    expect([...graphemes.segment(emoji)]).toHaveLength(1);
    expect(emoji).toMatch(/^(\p{Emoji_Presentation}|\p{Emoji}\uFE0F)$/u);
  }
});

test("frozen: what these bytes show, they show for ever", () => {
  const shown = (hex: string): string => {
    const { symbols: six, digits } = pairingString(Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));
    return `${six.map(({ name }) => name).join(" ")} ${digits}`;
  };
  expect(shown("000102030405000000000000")).toBe("Dog Cat Lion Horse Unicorn Pig 000000");
  expect(shown("3f7fbfff4080ffffffffffff")).toBe("Pin Pin Pin Pin Dog Dog 710655");
  expect(shown("15161d23252b0000000f4240")).toBe("Cloud Fire Heart Santa Umbrella Pencil 000000");
  expect(shown("2d31353a3b3c0000000f423f")).toBe("Scissors Telephone Aeroplane Trumpet Bell Anchor 999999");
  expect(shown("000000000000010000000000ffffffff")).toBe("Dog Dog Dog Dog Dog Dog 627776");
  expect(pairingStringToText(pairingString(Uint8Array.of(21, 37, 43, 45, 49, 53, 0, 0, 0, 0, 0, 42)))).toBe("☁️ ☂️ ✏️ ✂️ ☎️ ✈️ 000042");
  expect(symbols.map(({ emoji }) => emoji).join("")).toBe(
    "🐶🐱🦁🐴🦄🐷🐘🐰🐼🐓🐧🐢🐟🐙🦋🌷🌳🌵🍄🌏🌙☁️🔥🍌🍎🍓🌽🍕🎂❤️😀🤖" +
      "🎩👓🔧🎅👍☂️⌛⏰🎁💡📕✏️📎✂️🔒🔑🔨☎️🏁🚂🚲✈️🚀🏆⚽🎸🎺🔔⚓🎧📁📌",
  );
});
