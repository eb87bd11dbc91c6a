/** Icons, drawn for Albumen on a grid of 24 units with round strokes. They are decoration: the words beside them say it all. */
import type { ReactElement } from "react";

const paths = {
  photos:
    "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v11a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17.5zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 8.5h.01",
  people:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c0-3 2.9-5 6.5-5s6.5 2 6.5 5M16 4.8a3.4 3.4 0 0 1 0 6.4M18 14.9c2.1.7 3.5 2.3 3.5 4.6",
  albums: "M6 8h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM6.5 5h11M8.5 2.5h7",
  devices:
    "M4.5 5h11A1.5 1.5 0 0 1 17 6.5V9M4.5 5A1.5 1.5 0 0 0 3 6.5V15h10M2 18h11M15.5 11h4a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5h-4a1.5 1.5 0 0 1-1.5-1.5v-6a1.5 1.5 0 0 1 1.5-1.5z",
  privacy: "M12 3l7 2.6v5.2c0 4.6-2.9 8.2-7 10.2-4.1-2-7-5.6-7-10.2V5.6zM9 11.8l2.2 2.2 4-4.2",
  add: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  back: "M14.5 5.5L8 12l6.5 6.5",
  next: "M9.5 5.5L16 12l-6.5 6.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  edit: "M4.5 19.5l1-4L16 5a2.1 2.1 0 0 1 3 3L8.5 18.5zM14 7l3 3",
  trash: "M5 7h14M10 7V5h4v2M7 7l.8 12h8.4L17 7M10.2 10.5v5M13.8 10.5v5",
  restore: "M4.5 9.5h9a5.5 5.5 0 0 1 0 11H9M4.5 9.5L8.5 5.5M4.5 9.5l4 4",
  heart: "M12 19.5S4 15 4 9.4A4.2 4.2 0 0 1 12 7.6a4.2 4.2 0 0 1 8 1.8c0 5.6-8 10.1-8 10.1z",
  face: "M4 8V6a2 2 0 0 1 2-2h2M16 4h2a2 2 0 0 1 2 2v2M20 16v2a2 2 0 0 1-2 2h-2M8 20H6a2 2 0 0 1-2-2v-2M9 10h.01M15 10h.01M9 14.5c1.8 1.6 4.2 1.6 6 0",
  info: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5M12 8h.01",
  folder: "M3.5 7.5a2 2 0 0 1 2-2h4l2 2.5h7a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z",
  hide: "M4 4l16 16M9.9 6.1A9.6 9.6 0 0 1 12 5.8c5 0 8.5 4.4 9.5 6.2a14 14 0 0 1-2.8 3.4M6.2 7.7A14.5 14.5 0 0 0 2.5 12c1 1.8 4.5 6.2 9.5 6.2 1.5 0 2.9-.4 4.1-1",
  show: "M2.5 12c1-1.8 4.5-6.2 9.5-6.2s8.5 4.4 9.5 6.2c-1 1.8-4.5 6.2-9.5 6.2S3.5 13.8 2.5 12zM12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
  lock: "M7 10.5h10a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5.5a2 2 0 0 1 2-2zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v1.5",
  merge: "M5 5c0 6 7 4 7 10v5M19 5c0 6-7 4-7 10M9 17l3 3 3-3",
  split: "M12 20v-5c0-6-7-4-7-10M12 15c0-6 7-4 7-10M3 7l2-2 2 2M17 7l2-2 2 2",
  copy: "M9 9h9a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 18 20H9.5A1.5 1.5 0 0 1 8 18.5V10a1 1 0 0 1 1-1zM5 15.5A1.5 1.5 0 0 1 4 14V5.5A1.5 1.5 0 0 1 5.5 4H14a1.5 1.5 0 0 1 1.5 1.5",
  print:
    "M7 9V4h10v5M7 17H5.5A1.5 1.5 0 0 1 4 15.5v-5A1.5 1.5 0 0 1 5.5 9h13a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6H7z",
  warning: "M12 4l9 16H3zM12 10v4.5M12 17.3h.01",
  why: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.6 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.7M12 16.5h.01",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  pin: "M9 4h6l-.8 6 3.3 3.5H6.5L9.8 10zM12 13.5V20",
} as const;

/** The names of all icons. */
export type IconName = keyof typeof paths;

/** One icon, as large as the text beside it. */
export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
