/**
 * The pairing string: five of 64 emoji that are easy to tell apart and to say aloud (30 bits), then five digits (16 bits). The
 * table is fixed: both screens must show the same for ever.
 */

const emoji: readonly string[] = [
  ..."🐶🐱🦁🐴🦄🐷🐘🐰🐼🐓🐧🐢🐟🐙🦋🌷🌳🌵🍄🌏🌙☁🔥🍌🍎🍓🌽🍕🎂❤😀🤖🎩👓🔧🎅👍☂⌛⏰🎁💡📕✏📎✂🔒🔑🔨☎🏁🚂🚲✈🚀🏆⚽🎸🎺🔔⚓🎧📁📌",
];

/** "🐶 🐱 … 12345" for the bytes of `pairingStringBytes`. */
export function pairingStringToText(bytes: Uint8Array): string {
  const shown = Array.from({ length: 5 }, (_, at) => emoji[(bytes[at] ?? 0) & 63]);
  const digits = String(((bytes[5] ?? 0) << 8) | (bytes[6] ?? 0)).padStart(5, "0");
  return `${shown.join(" ")} ${digits}`;
}
