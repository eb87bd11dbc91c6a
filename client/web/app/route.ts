/**
 * Addresses of screens, in the fragment, so that the app works from any folder and the relay never learns which screen is open:
 *
 *   #/PAGE  ·  #/PAGE/ID  ·  either with ?photo=ID, which shows that photo over the page
 */
import { useMemo, useSyncExternalStore } from "react";
import { parseId, type PhotoId } from "@albumen/core/ids/ids.ts";

const pages = ["photos", "people", "person", "group", "albums", "album", "devices", "privacy", "trash"] as const;

/** A screen. */
export interface Route {
  readonly page: (typeof pages)[number];
  readonly id: string | null;
  readonly photo: PhotoId | null;
}

/** The screen that `hash` names; the timeline where it names none. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [name, id] = path.split("/");
  const page = pages.find((known) => known === name) ?? "photos";
  const photo = parseId("PhotoId", new URLSearchParams(query).get("photo"));
  return { page, id: id === undefined || id === "" ? null : id, photo };
}

/** The address of a screen. */
export function href(page: Route["page"], id: string | null = null, photo: PhotoId | null = null): string {
  return `#/${page}${id === null ? "" : `/${id}`}${photo === null ? "" : `?photo=${photo}`}`;
}

/** The screen that is open now. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}
