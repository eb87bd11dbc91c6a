/** The frame of the open library: navigation, state of sync, the page, and what lies over every page. */
import { useEffect, useRef, type ReactElement, type ReactNode } from "react";
import { RemovedBanner } from "../devices/removed-banner.tsx";
import { useUnseen } from "../devices/unseen.ts";
import { DropTarget } from "../import/drop-target.tsx";
import { ImportBar } from "../import/import-bar.tsx";
import { LockButton } from "../lock/lock-button.tsx";
import { removedSelf } from "../model/devices.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Logo } from "../ui/logo.tsx";
import { useLibrary } from "./library.tsx";
import { href, type Route } from "./route.ts";
import { syncWords } from "./sync-words.ts";
import { ToastOutlet } from "./toasts.tsx";

const places: readonly {
  readonly page: Route["page"];
  readonly under: readonly Route["page"][];
  readonly icon: IconName;
  readonly label: string;
}[] = [
  { page: "photos", under: ["photos", "trash"], icon: "photos", label: "Photos" },
  { page: "people", under: ["people", "person", "group"], icon: "people", label: "People" },
  { page: "albums", under: ["albums", "album"], icon: "albums", label: "Albums" },
  { page: "devices", under: ["devices"], icon: "devices", label: "Devices" },
  { page: "privacy", under: ["privacy"], icon: "privacy", label: "Privacy" },
];

/** The frame around `children`, the page of `route`. */
export function Shell({ route, children }: { readonly route: Route; readonly children: ReactNode }): ReactElement {
  const unseen = useUnseen(route.page === "devices");
  const main = useScrollMemory(`${route.page}/${route.id ?? ""}`);
  return (
    <div className="shell">
      <nav className="nav" aria-label="Albumen">
        <a className="brand" href={href("photos")}>
          <Logo />
          <span>Albumen</span>
        </a>
        {places.map(({ page, under, icon, label }) => {
          const isHere = under.includes(route.page);
          const fresh = page === "devices" ? unseen : 0;
          return (
            <a
              key={page}
              className="place"
              href={href(page)}
              aria-current={isHere ? "page" : undefined}
              title={fresh === 0 ? undefined : `${fresh} new to look at`}
            >
              <Icon name={icon} />
              <span>{label}</span>
              {fresh > 0 && (
                <b className="fresh" aria-hidden="true">
                  {fresh}
                </b>
              )}
            </a>
          );
        })}
        <SyncDot />
        <LockButton />
      </nav>
      <main ref={main} className="main" data-scroller tabIndex={-1}>
        <ImportBar />
        <div>
          <RemovedBanner />
        </div>
        {children}
      </main>
      <DropTarget />
      <ToastOutlet />
    </div>
  );
}

function SyncDot(): ReactElement {
  const { state } = useLibrary();
  const { tone, short, long } = syncWords(state.sync, removedSelf(state.devices) !== null);
  return (
    <a className={`sync-dot ${tone}`} href={href("devices")} title={long} aria-label={`${short}. ${long}`}>
      <i />
      <span>{short}</span>
    </a>
  );
}

/** Each page comes back where one left it. */
function useScrollMemory(page: string): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const positions = useRef(new Map<string, number>());
  useEffect(() => {
    const element = main.current;
    if (element === null) return;
    element.scrollTop = positions.current.get(page) ?? 0;
    const remember = (): void => void positions.current.set(page, element.scrollTop);
    element.addEventListener("scroll", remember, { passive: true });
    return () => element.removeEventListener("scroll", remember);
  }, [page]);
  return main;
}
