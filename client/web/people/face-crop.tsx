/** The round picture of a face, loaded when it comes into sight. */
import { useEffect, useRef, useState, type ReactElement } from "react";
import { useFaceCrop } from "../app/use-picture.ts";
import type { FaceView } from "../model/types.ts";
import { Icon } from "../ui/icon.tsx";

/** The picture; a drawing where the face or its photo is not here. */
export function FaceCrop({
  face,
  className = "",
}: {
  readonly face: FaceView | null;
  readonly className?: string;
}): ReactElement {
  const element = useRef<HTMLSpanElement>(null);
  const seen = useSeen(element);
  const url = useFaceCrop(face, seen);
  return (
    <span ref={element} className={`crop ${className}`}>
      {url === null ? <Icon name="face" /> : <img src={url} alt="" decoding="async" draggable={false} />}
    </span>
  );
}

/** Whether the element has been near the window at any time. */
function useSeen(element: React.RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          setSeen(true);
          observer.disconnect();
        }
      },
      { rootMargin: "240px" },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return seen;
}
