/** Places as SVG on 1200 × 800; `at` is the number of the photo, so that no two pictures of one place are the same. */

/** The places. */
export type Place = "sea" | "hills" | "park" | "snow" | "dusk" | "room" | "garden";

const sky = (id: string, from: string, to: string): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient><rect width="1200" height="800" fill="url(#${id})"/>`;

const tree = (x: number, y: number, size: number, colour: string): string =>
  `<rect x="${x - size / 12}" y="${y}" width="${size / 6}" height="${size}" fill="#5b4030"/><circle cx="${x}" cy="${y}" r="${size / 2}" fill="${colour}"/><circle cx="${x - size / 3}" cy="${y + size / 5}" r="${size / 3}" fill="${colour}"/><circle cx="${x + size / 3}" cy="${y + size / 6}" r="${size / 2.6}" fill="${colour}"/>`;

/** The drawing of each place. */
export const places: Readonly<Record<Place, (at: number) => string>> = {
  sea: (at) => `${sky("s", "#7cc1e6", "#e9f4f2")}<circle cx="${900 - at * 20}" cy="150" r="62" fill="#fff3c4"/>
    <rect y="380" width="1200" height="180" fill="#2f86a6"/><path d="M0 400q150 18 300 0t300 0 300 0 300 0v20H0z" fill="#56a5bf"/>
    <path d="M0 540q300-46 620-8t580-14v290H0z" fill="#ecd3a0"/>`,
  hills:
    () => `${sky("h", "#8ec7ee", "#f3f6ea")}<path d="M0 470l210-250 150 150 190-230 260 290 150-120 240 220v270H0z" fill="#8a9bb0"/>
    <path d="M550 140l60 66-30 14-34-24-40 30z" fill="#fff"/><path d="M0 560q300-150 620-60t580-40v340H0z" fill="#74a35e"/>
    <path d="M0 670q360-110 700-30t500-20v180H0z" fill="#5b8c4a"/>`,
  park: () => `${sky("p", "#cfe3ea", "#f7eeda")}${tree(170, 300, 300, "#d98a2f")}${tree(430, 340, 220, "#c4622d")}${tree(1010, 290, 320, "#dca63a")}
    ${tree(760, 350, 200, "#b5502b")}<path d="M0 580q600-70 1200 0v220H0z" fill="#a9a456"/><path d="M420 800q120-150 180-215 60 70 220 215z" fill="#dccba2"/>`,
  snow: () => `${sky("n", "#a9c6df", "#f1f4f7")}${[90, 260, 950, 1110].map((x) => `<path d="M${x} 190l90 260h-180zM${x} 110l66 180h-132z" fill="#49685f"/><path d="M${x} 110l28 74q-28 20-56 0z" fill="#fff"/>`).join("")}
    <path d="M0 470q320-70 640-20t560-30v380H0z" fill="#fbfdff"/><path d="M0 640q420-70 760-14t440-18v192H0z" fill="#dfe9f2"/>`,
  dusk: (at) => `${sky("d", "#3d3a6b", "#f2a35e")}<circle cx="${300 + at * 40}" cy="420" r="70" fill="#ffd98a"/>
    <path d="M0 520l160-60 130 40 210-110 190 130 230-80 280 70v290H0z" fill="#3a2f4a"/><path d="M0 640q600-80 1200 0v160H0z" fill="#241d30"/>`,
  room: (at) => `<rect width="1200" height="800" fill="#ecdcc4"/><rect y="640" width="1200" height="160" fill="#b98f63"/>
    <rect x="90" y="90" width="260" height="300" fill="#bfe0ea"/><path d="M90 90h260v300H90zM220 90v300M90 240h260" fill="none" stroke="#fff" stroke-width="16"/>
    <rect x="850" y="120" width="200" height="160" fill="#fff" stroke="#9a6f43" stroke-width="14"/><circle cx="950" cy="200" r="${38 + at}" fill="#dd9a2e"/>
    <path d="M0 60q150 80 300 0t300 0 300 0 300 0" fill="none" stroke="#c8553d" stroke-width="6"/>${[70, 220, 380, 520, 680, 820, 980, 1120].map((x, i) => `<path d="M${x} ${i % 2 === 0 ? 92 : 74}l34 0-17 44z" fill="${["#c8553d", "#33658a", "#e0a030", "#5b9a68"][i % 4]}"/>`).join("")}`,
  garden:
    () => `${sky("g", "#a4d3ea", "#eef6e2")}<rect y="300" width="1200" height="120" fill="#6d9a57"/><path d="M0 420h1200v380H0z" fill="#86b268"/>
    ${Array.from({ length: 26 }, (_, i) => `<circle cx="${(i * 137) % 1200}" cy="${320 + ((i * 53) % 110)}" r="${13 + (i % 3) * 5}" fill="${["#d64f6a", "#f2b5c0", "#fbe3a1"][i % 3]}"/>`).join("")}
    ${tree(1060, 220, 260, "#4f8a4e")}`,
};
