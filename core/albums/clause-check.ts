/** Checks of a clause's values, the same for the text form and the stored form. */
import { isDatePrefix } from "./days.ts";
import { ruleLimits, type Clause } from "./rule.ts";

/** Why the values of `clause` are out of range, as words that say what would be right; null where they are fine. */
export function checkClause(clause: Clause): string | null {
  switch (clause.kind) {
    case "faces": {
      const most = clause.max ?? ruleLimits.faces;
      if (clause.min < 0 || most < 0 || clause.min > ruleLimits.faces || most > ruleLimits.faces)
        return `faces count from 0 to ${ruleLimits.faces}`;
      return clause.min > most ? "the range ends before it begins; write faces:2..4" : null;
    }
    case "taken":
      return checkTaken(clause.from, clause.to);
    case "recent":
      return clause.days < 0 || clause.days > ruleLimits.days ? `days count from 0 to ${ruleLimits.days}` : null;
    case "within":
      if (Math.abs(clause.latitude) > 900_000_000) return "a latitude is between -90 and 90";
      if (Math.abs(clause.longitude) > 1_800_000_000) return "a longitude is between -180 and 180";
      return clause.meters < 1 || clause.meters > 20_000_000 ? "a distance is between 0.001km and 20000km" : null;
    case "camera":
    case "type":
    case "text":
      if (clause.text === "") return `what ${clause.kind} looks for is empty`;
      return clause.text.length > ruleLimits.text ? `texts have at most ${ruleLimits.text} characters` : null;
    case "only":
      return clause.people.length === 0 ? 'it names nobody; write only("Anna")' : null;
    case "person":
    case "album":
    case "favourite":
    case "unnamed":
    case "hidden":
      return null;
  }
}

function checkTaken(from: string | null, to: string | null): string | null {
  if (from === null && to === null) return "it has neither begin nor end; write taken:2024-06..2024-08";
  for (const day of [from, to]) {
    if (day !== null && !isDatePrefix(day)) return `"${day.slice(0, 20)}" is no day; write 2024, 2024-06 or 2024-06-30`;
  }
  if (from === null || to === null) return null;
  const shorter = Math.min(from.length, to.length);
  return from.slice(0, shorter) > to.slice(0, shorter) ? "the range ends before it begins; write taken:2024-06..2024-08" : null;
}
