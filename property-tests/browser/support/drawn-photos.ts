/**
 * Drawn photos: places, seasons and a family in them, each with a day and the boxes of its faces, so that a test knows who is
 * where. `drawnPhotos` is the album of a year; a picture is 1200 × 800 pixels or 800 × 1000.
 */
import { places, type Place } from "./drawn-places.ts";
import { drawPerson, family, type Look } from "./drawn-people.ts";

/** One drawn photo. */
export interface DrawnPhoto {
  readonly file: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** "YYYY:MM:DD HH:MM:SS", as Exif writes it. */
  readonly taken: string;
  readonly faces: readonly DrawnFace[];
}

/** Who is where, in pixels. */
export interface DrawnFace {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Plan {
  readonly file: string;
  readonly taken: string;
  readonly place: Place;
  /** Names, from left to right; an upright picture where there is one alone. */
  readonly who: readonly string[];
}

const plans: readonly Plan[] = [
  { file: "birthday.jpg", taken: "2026:10:17 16:20:00", place: "room", who: ["Anna", "Emil", "Ben"] },
  { file: "cake.jpg", taken: "2026:10:17 16:31:00", place: "room", who: ["Emil"] },
  { file: "grandparents.jpg", taken: "2026:10:17 17:05:00", place: "room", who: ["Dora", "Otto"] },
  { file: "leaves.jpg", taken: "2026:10:25 11:12:00", place: "park", who: ["Carla", "Anna"] },
  { file: "walk.jpg", taken: "2026:10:25 11:40:00", place: "park", who: ["Ben", "Emil"] },
  { file: "evening.jpg", taken: "2026:10:25 18:02:00", place: "dusk", who: ["Carla"] },
  { file: "beach.jpg", taken: "2026:08:02 10:15:00", place: "sea", who: ["Ben", "Anna", "Emil"] },
  { file: "sand.jpg", taken: "2026:08:02 10:58:00", place: "sea", who: ["Emil"] },
  { file: "harbour.jpg", taken: "2026:08:04 20:41:00", place: "dusk", who: ["Anna", "Ben"] },
  { file: "summit.jpg", taken: "2026:08:11 13:33:00", place: "hills", who: ["Carla", "Ben"] },
  { file: "meadow.jpg", taken: "2026:08:11 15:02:00", place: "hills", who: [] },
  { file: "visit.jpg", taken: "2026:08:15 15:20:00", place: "garden", who: ["Otto", "Emil", "Dora"] },
  { file: "roses.jpg", taken: "2026:08:15 15:44:00", place: "garden", who: ["Dora"] },
  { file: "picnic.jpg", taken: "2026:08:22 12:30:00", place: "park", who: ["Anna", "Carla", "Ben"] },
  { file: "first-snow.jpg", taken: "2026:01:09 09:21:00", place: "snow", who: ["Emil", "Anna"] },
  { file: "sledge.jpg", taken: "2026:01:09 09:50:00", place: "snow", who: ["Emil"] },
  { file: "winter-walk.jpg", taken: "2026:01:18 14:05:00", place: "snow", who: ["Otto", "Dora"] },
  { file: "ridge.jpg", taken: "2026:01:18 16:10:00", place: "dusk", who: [] },
  { file: "tea.jpg", taken: "2026:01:25 16:30:00", place: "room", who: ["Carla", "Dora"] },
];

/** All drawn photos. */
export const drawnPhotos: readonly DrawnPhoto[] = plans.map(drawPhoto);

function drawPhoto({ file, taken, place, who }: Plan, at: number): DrawnPhoto {
  const [width, height] = who.length === 1 ? [800, 1000] : [1200, 800];
  const size = who.length === 1 ? 200 : who.length === 2 ? 150 : 122;
  const placed = who.map((name, index) => {
    const look = lookOf(name);
    const x = (width * (index + 1)) / (who.length + 1) + ((index + at) % 2) * 14 - 7;
    const y = height * (who.length === 1 ? 0.46 : 0.52) + (look.name === "Emil" ? 46 : ((at + index) % 3) * 14 - 14);
    return { look, pose: { x, y, size: look.name === "Emil" ? size * 0.88 : size, tilt: ((at * 7 + index * 5) % 13) - 6 } };
  });
  const people = placed.map(({ look, pose }) => drawPerson(look, pose)).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><defs>
    <radialGradient id="light" cx=".36" cy=".3" r=".8"><stop offset="0" stop-color="#fff" stop-opacity=".28"/>
    <stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#38150a" stop-opacity=".34"/></radialGradient></defs>
    <svg viewBox="0 0 1200 800" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice">${places[place](at)}</svg>${people}</svg>`;
  const faces = placed.map(({ look, pose }) => ({
    name: look.name,
    left: pose.x - pose.size * 0.78,
    top: pose.y - pose.size,
    right: pose.x + pose.size * 0.78,
    bottom: pose.y + pose.size * 1.06,
  }));
  return { file, svg, width, height, taken, faces };
}

function lookOf(name: string): Look {
  const look = family.find((one) => one.name === name);
  if (look === undefined) throw new Error(`nobody of the family is called ${name}`);
  return look;
}
