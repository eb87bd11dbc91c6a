/** A button that opens a short list of actions, by the browser's own popover: it closes with Esc and by a click elsewhere. */
import { useId, useRef, type CSSProperties, type ReactElement } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** One action of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly icon: IconName;
  readonly run: () => void;
  readonly grave?: boolean;
}

/** The button and its list. */
export function Menu({ label, items }: { readonly label: string; readonly items: readonly MenuItem[] }): ReactElement {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const anchor = `--menu-${id.replace(/[^a-z0-9]/gi, "")}`;
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={label}
        popoverTarget={id}
        style={{ anchorName: anchor } as CSSProperties}
      >
        <Icon name="more" />
      </button>
      <div id={id} ref={list} popover="auto" className="menu" style={{ positionAnchor: anchor } as CSSProperties}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            className={item.grave === true ? "grave" : ""}
            onClick={() => {
              list.current?.hidePopover();
              item.run();
            }}
          >
            <Icon name={item.icon} />
            {item.label}
          </button>
        ))}
      </div>
    </>
  );
}
