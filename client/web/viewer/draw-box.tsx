/**
 * Drawing a face by hand: drag from corner to corner; or, by keyboard, arrow keys move the frame, with Shift they change its
 * size, Enter takes it and Esc leaves it.
 */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from "react";
import type { Box } from "@albumen/core/ids/face.ts";
import { boxStyle, cornersToBox, type Corner } from "./box-style.ts";

/** Sides of a frame below this part of the photo are a slip of the hand. */
const least = 655;

/** The sheet over the photo on which the frame is drawn. */
export function DrawBox({
  onBox,
  onCancel,
}: {
  readonly onBox: (box: Box) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const sheet = useRef<HTMLButtonElement>(null);
  const [start, setStart] = useState<Corner | null>(null);
  const [box, setBox] = useState<Box>({ x: 26214, y: 22937, w: 13107, h: 19660 });
  useEffect(() => sheet.current?.focus(), []);
  const at = (event: PointerEvent<HTMLButtonElement>): Corner => {
    const frame = event.currentTarget.getBoundingClientRect();
    return { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onCancel();
    else if (event.key === "Enter") onBox(box);
    else if (event.key.startsWith("Arrow")) setBox(moved(box, event.key, event.shiftKey));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      ref={sheet}
      type="button"
      className="draw-sheet"
      aria-label="Draw a frame around a face: drag, or move it with the arrow keys, change its size with Shift, and press Enter"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart(at(event));
      }}
      onPointerMove={(event) => start !== null && setBox(cornersToBox(start, at(event)))}
      onPointerUp={(event) => {
        const drawn = start === null ? null : cornersToBox(start, at(event));
        setStart(null);
        if (drawn !== null && drawn.w >= least && drawn.h >= least) onBox(drawn);
      }}
      onKeyDown={onKeyDown}
    >
      <span className="face-box drawn" style={boxStyle(box)} />
      <span className="draw-hint">Drag a frame around the face</span>
    </button>
  );
}

function moved(box: Box, key: string, resize: boolean): Box {
  const pace = 1311;
  const right = key === "ArrowRight" ? pace : key === "ArrowLeft" ? -pace : 0;
  const down = key === "ArrowDown" ? pace : key === "ArrowUp" ? -pace : 0;
  const between = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
  if (resize) return { ...box, w: between(box.w + right, least, 65535 - box.x), h: between(box.h + down, least, 65535 - box.y) };
  return { ...box, x: between(box.x + right, 0, 65535 - box.w), y: between(box.y + down, 0, 65535 - box.h) };
}
