/**
 * The pairing string: what both screens show, and two people compare, before any key leaves a device. Six of 64 emoji that are
 * easy to tell apart, each with the name under which it is read aloud, then six digits.
 *
 *   bytes 0 … 5    one emoji each: the low 6 bits are its place in the table       36 bits
 *   bytes 6 … 11   a 48-bit number, big-endian, modulo 10⁶: the digits             19.9 bits
 *
 * Somebody in between, who has the code, must show both people the same string over two different conversations. That is a
 * chance of 2⁻⁵⁵·⁹ (1 in 69 thousand million million) where all of it is compared, 2⁻³⁶ where only the emoji are, 10⁻⁶ where
 * only the digits are. It is one guess for each time that two people compare, because of commit and reveal (`pairing.ts`): the
 * bytes depend on a nonce of each side, and whoever is in between has to settle its part towards each side before that side's
 * nonce is shown. Without the commitment it could search in peace, on both sides at once, for keys that show the same, and by
 * the birthday paradox 56 bits would fall to about 2²⁸ tries, which is minutes.
 *
 * The table and the order are fixed: two devices of different versions must show the same. It is the table that Matrix uses for
 * the same purpose (client-server API, "SAS method: emoji"), whose pictures were chosen to differ in shape and in their names
 * in many languages. Every entry is one emoji that is drawn in colour by itself; those that are text by default carry the
 * variation selector U+FE0F.
 */

/** One of the six. */
export interface PairingSymbol {
  readonly emoji: string;
  /** In English, as one reads it aloud. */
  readonly name: string;
}

/** What both screens show. */
export interface PairingString {
  /** Six. */
  readonly symbols: readonly PairingSymbol[];
  /** Six digits, leading zeros too. */
  readonly digits: string;
}

/** Place in the table = value of 6 bits. */
const table: readonly PairingSymbol[] = parseTable(
  `🐶 Dog, 🐱 Cat, 🦁 Lion, 🐴 Horse, 🦄 Unicorn, 🐷 Pig, 🐘 Elephant, 🐰 Rabbit,
   🐼 Panda, 🐓 Rooster, 🐧 Penguin, 🐢 Turtle, 🐟 Fish, 🐙 Octopus, 🦋 Butterfly, 🌷 Flower,
   🌳 Tree, 🌵 Cactus, 🍄 Mushroom, 🌏 Globe, 🌙 Moon, ☁️ Cloud, 🔥 Fire, 🍌 Banana,
   🍎 Apple, 🍓 Strawberry, 🌽 Corn, 🍕 Pizza, 🎂 Cake, ❤️ Heart, 😀 Smiley, 🤖 Robot,
   🎩 Hat, 👓 Glasses, 🔧 Spanner, 🎅 Santa, 👍 Thumbs up, ☂️ Umbrella, ⌛ Hourglass, ⏰ Clock,
   🎁 Gift, 💡 Light bulb, 📕 Book, ✏️ Pencil, 📎 Paperclip, ✂️ Scissors, 🔒 Lock, 🔑 Key,
   🔨 Hammer, ☎️ Telephone, 🏁 Flag, 🚂 Train, 🚲 Bicycle, ✈️ Aeroplane, 🚀 Rocket, 🏆 Trophy,
   ⚽ Ball, 🎸 Guitar, 🎺 Trumpet, 🔔 Bell, ⚓ Anchor, 🎧 Headphones, 📁 Folder, 📌 Pin`,
);

/** The string that `bytes` (12 or more) give. */
export function pairingString(bytes: Uint8Array): PairingString {
  const symbols = Array.from(bytes.subarray(0, 6), (byte) => symbolAt(byte & 63));
  const number = bytes.subarray(6, 12).reduce((sum, byte) => 256 * sum + byte, 0);
  return { symbols, digits: String(number % 1_000_000).padStart(6, "0") };
}

/** "🐶 🐱 … 123456": six emoji and six digits, by spaces. */
export function pairingStringToText({ symbols, digits }: PairingString): string {
  return [...symbols.map(({ emoji }) => emoji), digits].join(" ");
}

function symbolAt(place: number): PairingSymbol {
  const symbol = table[place];
  if (symbol === undefined) throw new Error("the table of pairing emoji does not have 64 entries");
  return symbol;
}

function parseTable(text: string): readonly PairingSymbol[] {
  return text.split(",").map((entry) => {
    const [emoji = "", ...name] = entry.trim().split(" ");
    return { emoji, name: name.join(" ") };
  });
}
