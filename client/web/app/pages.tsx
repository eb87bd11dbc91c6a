/** Which page an address shows, and the photo that it shows over it. */
import { useEffect, type ReactElement } from "react";
import { parseId } from "@albumen/core/ids/ids.ts";
import { AlbumPage } from "../albums/album-page.tsx";
import { AlbumsPage } from "../albums/albums-page.tsx";
import { DevicesPage } from "../devices/devices-page.tsx";
import { photosOf, type Lookups } from "../model/lookups.ts";
import type { PhotoView } from "../model/types.ts";
import { GroupPage } from "../people/group-page.tsx";
import { PeoplePage } from "../people/people-page.tsx";
import { PersonPage } from "../people/person-page.tsx";
import { PhotosPage } from "../photos/photos-page.tsx";
import { TrashPage } from "../photos/trash-page.tsx";
import { PrivacyPage } from "../privacy/privacy-page.tsx";
import { Viewer } from "../viewer/viewer.tsx";
import { useLibrary } from "./library.tsx";
import { href, useRoute, type Route } from "./route.ts";
import { Shell } from "./shell.tsx";

/** All pages of the library. */
export function Pages(): ReactElement {
  const route = useRoute();
  const { lookups } = useLibrary();
  useEffect(() => {
    document.title =
      route.page === "photos" ? "Albumen" : `${route.page.slice(0, 1).toUpperCase()}${route.page.slice(1)} · Albumen`;
  }, [route.page]);
  const photo = route.photo === null ? undefined : lookups.photos.get(route.photo);
  return (
    <>
      <Shell route={route}>
        <Page route={route} />
      </Shell>
      {photo !== undefined && (
        <Viewer
          photo={photo}
          photos={photosOfRoute(route, lookups)}
          hrefOf={(id) => href(route.page, route.id, id)}
          route={route}
        />
      )}
    </>
  );
}

function Page({ route }: { readonly route: Route }): ReactElement {
  switch (route.page) {
    case "photos":
      return <PhotosPage />;
    case "trash":
      return <TrashPage />;
    case "people":
      return <PeoplePage />;
    case "person":
      return <PersonPage id={parseId("PersonId", route.id)} />;
    case "group":
      return <GroupPage id={parseId("ClusterId", route.id)} />;
    case "albums":
      return <AlbumsPage />;
    case "album":
      return <AlbumPage id={parseId("AlbumId", route.id)} />;
    case "devices":
      return <DevicesPage />;
    case "privacy":
      return <PrivacyPage />;
  }
}

/** The photos among which the arrow keys move. */
function photosOfRoute(route: Route, lookups: Lookups): readonly PhotoView[] {
  switch (route.page) {
    case "trash":
      return lookups.trashed;
    case "person": {
      const id = parseId("PersonId", route.id);
      return photosOf(lookups, (id === null ? undefined : lookups.people.get(id))?.photos ?? []);
    }
    case "group": {
      const id = parseId("ClusterId", route.id);
      return photosOf(lookups, (id === null ? undefined : lookups.clusters.get(id))?.photos ?? []);
    }
    case "album": {
      const id = parseId("AlbumId", route.id);
      return photosOf(lookups, (id === null ? undefined : lookups.albums.get(id))?.photos ?? []);
    }
    default:
      return lookups.timeline;
  }
}
