/** Photos in rows, of which only those near the window are drawn. It scrolls with the page's own scroller. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState, type ReactElement } from "react";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import type { PhotoView } from "../model/types.ts";
import { PhotoTile } from "./photo-tile.tsx";
import { photosToRows, type Row } from "./rows.ts";

/** What a grid shows. */
export interface PhotoGridProps {
  readonly photos: readonly PhotoView[];
  /** Whether months and days are named. */
  readonly dated: boolean;
  /** Address of a photo on this page. */
  readonly hrefOf: (photo: PhotoId) => string;
  /** The chosen photos; null while nothing is being chosen. */
  readonly chosen: ReadonlySet<PhotoId> | null;
  readonly onChoose: (photo: PhotoId) => void;
  /** Pinned photos carry a mark. */
  readonly pinned?: ReadonlySet<PhotoId>;
}

/** The grid. */
export function PhotoGrid(props: PhotoGridProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const { width, top } = usePlace(box);
  const target = width < 560 ? 118 : 190;
  const rows = useMemo(
    () => (width === 0 ? [] : photosToRows(props.photos, { width, target, dated: props.dated })),
    [props.photos, width, target, props.dated],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollerOf(box.current),
    estimateSize: (at) => rows[at]?.height ?? 0,
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 4,
    scrollMargin: top,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights belong to the rows, and the virtualizer keeps old ones.
  useLayoutEffect(() => virtual.measure(), [rows]);
  return (
    <div ref={box} className="grid" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index];
        return row === undefined ? null : (
          <div key={item.key} className="grid-row" style={{ transform: `translateY(${item.start - top}px)`, height: row.height }}>
            <RowContent row={row} grid={props} />
          </div>
        );
      })}
    </div>
  );
}

function RowContent({ row, grid }: { readonly row: Row; readonly grid: PhotoGridProps }): ReactElement {
  if (row.kind === "part") return <h2 className="month">{row.title}</h2>;
  return (
    <div className="line">
      {row.tiles.map(({ photo, width, day }) => (
        <div key={photo.id} className="cell" style={{ width }}>
          {row.labelled && <div className="day">{day}</div>}
          <PhotoTile
            photo={photo}
            height={row.tileHeight}
            href={grid.hrefOf(photo.id)}
            chosen={grid.chosen === null ? null : grid.chosen.has(photo.id)}
            pinned={grid.pinned?.has(photo.id) ?? false}
            onChoose={grid.onChoose}
          />
        </div>
      ))}
    </div>
  );
}

/** Width of the grid and its distance from the top of what scrolls, kept current. */
function usePlace(box: React.RefObject<HTMLDivElement | null>): { readonly width: number; readonly top: number } {
  const [place, setPlace] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    const scroller = scrollerOf(element);
    if (element === null || scroller === null) return;
    const measure = (): void => {
      const width = Math.floor(element.clientWidth);
      const top = Math.round(element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop);
      setPlace((last) => (last.width === width && last.top === top ? last : { width, top }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // What stands above may grow: the heading, an import's summary.
    for (const sibling of element.parentElement?.children ?? []) if (sibling !== element) observer.observe(sibling);
    return () => observer.disconnect();
  }, [box]);
  return place;
}

function scrollerOf(element: HTMLElement | null): HTMLElement | null {
  return element?.closest<HTMLElement>("[data-scroller]") ?? null;
}
