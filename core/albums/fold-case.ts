/**
 * Case folding for searches, by a table of ours: `toLowerCase` follows the engine's version of Unicode, and two engines may
 * differ. Folds A–Z, Latin-1, Latin Extended-A, Greek and Cyrillic capitals to their small letters; everything else stays.
 */

/** `text` with small letters only, of the same length. */
export function foldCase(text: string): string {
  let folded = "";
  for (let i = 0; i < text.length; i++) folded += String.fromCharCode(foldUnit(text.charCodeAt(i)));
  return folded;
}

function foldUnit(unit: number): number {
  if (unit < 0x41) return unit;
  if (unit <= 0x5a) return unit + 0x20;
  if (unit < 0xc0) return unit;
  if (unit <= 0xde) return unit === 0xd7 ? unit : unit + 0x20;
  if (unit >= 0x100 && unit <= 0x17f) return foldExtended(unit);
  if (unit >= 0x391 && unit <= 0x3ab) return unit === 0x3a2 ? unit : unit + 0x20;
  if (unit >= 0x400 && unit <= 0x40f) return unit + 0x50;
  return unit >= 0x410 && unit <= 0x42f ? unit + 0x20 : unit;
}

/** Latin Extended-A: pairs of capital and small letter, with the capital at even places, or odd ones in two stretches. */
function foldExtended(unit: number): number {
  // Dotted and dotless i, kra, ŉ and ſ have no partner here; Ÿ has its own in Latin-1.
  if (unit === 0x130 || unit === 0x131 || unit === 0x138 || unit === 0x149 || unit === 0x17f) return unit;
  if (unit === 0x178) return 0xff;
  const oddCapitals = (unit >= 0x139 && unit <= 0x148) || (unit >= 0x179 && unit <= 0x17e);
  return unit % 2 === (oddCapitals ? 1 : 0) ? unit + 1 : unit;
}
