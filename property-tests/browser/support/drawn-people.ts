/**
 * A family that exists only as drawings, so that tests and the picture in the README need no real person's face. Each is a few
 * shapes of SVG around the centre of the head; the faces differ in shape, skin, hair, glasses and beard.
 */

/** What somebody looks like. Colours are CSS colours; `width` is that of the head, where 1 is usual. */
export interface Look {
  readonly name: string;
  readonly skin: string;
  readonly hair: string;
  readonly style: "long" | "short" | "curly" | "bun" | "bald" | "fringe";
  readonly eyes: string;
  readonly shirt: string;
  readonly width: number;
  readonly beard?: string;
  readonly glasses?: boolean;
}

/** The family. */
export const family: readonly Look[] = [
  { name: "Anna", skin: "#eeb998", hair: "#8a4b24", style: "long", eyes: "#4f7a4b", shirt: "#c8553d", width: 0.96 },
  {
    name: "Ben",
    skin: "#c98d63",
    hair: "#2b2019",
    style: "short",
    eyes: "#4a2f1c",
    shirt: "#33658a",
    width: 1.06,
    beard: "#2b2019",
  },
  { name: "Carla", skin: "#8d5a3b", hair: "#1d1512", style: "curly", eyes: "#2c1a10", shirt: "#e0a030", width: 1 },
  { name: "Dora", skin: "#f2cdb4", hair: "#d9d4cc", style: "bun", eyes: "#54809c", shirt: "#7a6a9c", width: 0.98, glasses: true },
  { name: "Emil", skin: "#f0c4a4", hair: "#e3b661", style: "fringe", eyes: "#3f72a6", shirt: "#5b9a68", width: 1.1 },
  {
    name: "Otto",
    skin: "#e5b090",
    hair: "#bdb6ac",
    style: "bald",
    eyes: "#6b5a3c",
    shirt: "#4d5b4a",
    width: 1.08,
    beard: "#cfc8bd",
    glasses: true,
  },
];

/** Where somebody stands on a picture: centre of the face and its half height in pixels, tilt in degrees. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly tilt: number;
}

/** SVG of head and shoulders. */
export function drawPerson(look: Look, { x, y, size, tilt }: Pose): string {
  const parts = [
    hairBehind(look),
    ears(look),
    face(look),
    look.beard === undefined ? "" : beard(look.beard),
    features(look),
    hairBefore(look),
  ];
  const head = `<g transform="rotate(${tilt}) scale(${look.width} 1)">${parts.join("")}${look.glasses === true ? glasses : ""}</g>`;
  return `<g transform="translate(${x} ${y}) scale(${size / 100})">${shoulders(look)}${head}</g>`;
}

function shoulders({ shirt, skin }: Look): string {
  return `<path d="M-30 60h60v60h-60z" fill="${skin}"/><ellipse cy="108" rx="50" ry="30" fill="${skin}"/><path d="M-30 84q30 26 60 0v14q-30 20-60 0z" fill="#000" opacity=".14"/>
    <path d="M-165 330c0-150 40-212 120-222q45 46 90 0c80 10 120 72 120 222z" fill="${shirt}"/>
    <path d="M60 120c40 26 70 90 74 210h31c0-140-40-206-105-216z" fill="#000" opacity=".13"/>`;
}

function ears({ skin }: Look): string {
  return `<ellipse cx="-77" cy="8" rx="14" ry="22" fill="${skin}"/><ellipse cx="77" cy="8" rx="14" ry="22" fill="${skin}"/>
    <ellipse cx="78" cy="8" rx="8" ry="14" fill="#000" opacity=".16"/>`;
}

function face({ skin }: Look): string {
  const outline = "M-76-14c0-58 32-88 76-88s76 30 76 88c0 66-34 118-76 118S-76 52-76-14z";
  return `<path d="${outline}" fill="${skin}"/><path d="${outline}" fill="url(#light)"/>
    <ellipse cx="-40" cy="38" rx="18" ry="11" fill="#e0604c" opacity=".2"/><ellipse cx="40" cy="38" rx="18" ry="11" fill="#e0604c" opacity=".2"/>`;
}

function features({ hair, eyes }: Look): string {
  const eye = (at: number): string => `<g transform="translate(${at} -2)">
    <path d="M-17 1Q0-16 17 1Q0 13-17 1z" fill="#fffaf3"/><circle r="8.4" cy="-1" fill="${eyes}"/><circle r="4" cy="-1" fill="#120c08"/>
    <circle r="1.9" cx="-3" cy="-4" fill="#fff"/><path d="M-18 1Q0-18 18 1" fill="none" stroke="#2a1a12" stroke-width="3.6"/></g>`;
  const brow = (from: number, to: number): string =>
    `<path d="M${from}-24Q${(from + to) / 2}-36 ${to}-25" fill="none" stroke="${hair}" stroke-width="6.5" stroke-linecap="round"/>`;
  return `${eye(-31)}${eye(31)}${brow(-51, -13)}${brow(13, 51)}
    <path d="M-4-2Q-9 24-13 32Q0 43 13 32" fill="none" stroke="#5a2f1c" stroke-opacity=".5" stroke-width="4" stroke-linecap="round"/>
    <path d="M-33 57Q0 50 33 57Q0 92-33 57z" fill="#7c2f2a"/><path d="M-26 59Q0 56 26 59Q0 68-26 59z" fill="#fff8f0"/>
    <path d="M-35 57Q-14 48 0 53Q14 48 35 57" fill="none" stroke="#a84a42" stroke-width="5" stroke-linecap="round"/>`;
}

function beard(colour: string): string {
  return `<path d="M-76-2c-2 70 34 110 76 110S78 68 76-2c-8 22-18 36-34 42Q0 28-42 40C-58 34-68 20-76-2z" fill="${colour}"/>`;
}

const glasses = `<g fill="none" stroke="#33271e" stroke-width="4.5"><rect x="-57" y="-20" width="48" height="38" rx="17"/>
  <rect x="9" y="-20" width="48" height="38" rx="17"/><path d="M-9-3Q0-9 9-3M-57-6L-77-10M57-6L77-10"/></g>`;

function hairBehind({ style, hair }: Look): string {
  if (style === "long")
    return `<path d="M-92 128C-112 20-104-124 0-124S112 20 92 128Q70 150 44 132L-44 132Q-70 150-92 128z" fill="${hair}"/>`;
  if (style === "bun")
    return `<circle cy="-122" r="36" fill="${hair}"/><path d="M-82 10C-94-90-50-122 0-122S94-90 82 10z" fill="${hair}"/>`;
  if (style !== "curly") return "";
  const curls = Array.from({ length: 15 }, (_, at) => {
    const angle = Math.PI * (0.92 + (at / 14) * 1.16);
    return `<circle cx="${(92 * Math.cos(angle)).toFixed(1)}" cy="${(-22 + 92 * Math.sin(angle)).toFixed(1)}" r="35"/>`;
  });
  return `<g fill="${hair}">${curls.join("")}</g>`;
}

function hairBefore({ style, hair }: Look): string {
  const cap = `<path d="M-82-8C-92-92-52-122 0-122S92-92 82-8C78-44 60-62 40-72Q-20-66-58-44Q-76-34-82-8z" fill="${hair}"/>`;
  switch (style) {
    case "long":
      return `<path d="M-84 20C-92-88-52-120 4-120S92-88 84 20C80-30 56-60 8-84C-20-54-74-40-84 20z" fill="${hair}"/>`;
    case "short":
      return cap;
    case "fringe":
      return `<path d="M-86 6C-98-94-54-126 0-126S98-94 86 6Q80-22 72-36Q0-52-72-36Q-80-22-86 6z" fill="${hair}"/>`;
    case "curly":
      return `<g fill="${hair}">${[-58, -30, 0, 30, 58].map((x) => `<circle cx="${x}" cy="${-88 + Math.abs(x) / 3}" r="25"/>`).join("")}</g>`;
    case "bun":
      return `<path d="M-80-4C-86-84-48-116 0-116S86-84 80-4C70-56 40-82 0-84C-40-82-70-56-80-4z" fill="${hair}"/>`;
    case "bald":
      return `<path d="M-78 4C-92-30-84-58-70-70Q-74-30-78 4zM78 4C92-30 84-58 70-70Q74-30 78 4z" fill="${hair}"/>`;
  }
}
