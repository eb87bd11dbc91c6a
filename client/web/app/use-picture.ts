/** Pictures in components. A photo that nobody has yet is asked for again now and then, for it may be on its way. */
import { useEffect, useState } from "react";
import type { FaceView } from "../model/types.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "./library.tsx";
import { cropKey } from "./pictures.ts";

/** Milliseconds between two tries for a photo that is not here yet. */
const retryAfter = 2_500;

/** The URL of a photo's thumbnail; null while it is not here. */
export function useThumbnail(photo: PhotoId): string | null {
  const { pictures } = useLibrary();
  return usePicture(photo, pictures.peek(photo), (signal) => pictures.thumbnail(photo, signal));
}

/** The URL of a round crop of `face`; null while `wanted` is false or it is not here. */
export function useFaceCrop(face: FaceView | null, wanted: boolean): string | null {
  const { pictures } = useLibrary();
  const key = face === null || !wanted ? null : cropKey(face.photo, face.box);
  return usePicture(key, key === null ? null : pictures.peek(key), async (signal) =>
    face === null ? null : pictures.crop(face.photo, face.box, signal),
  );
}

function usePicture(
  key: string | null,
  known: string | null,
  load: (signal: AbortSignal) => Promise<string | null>,
): string | null {
  const [found, setFound] = useState<{ readonly key: string; readonly url: string } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names all that `load` depends on.
  useEffect(() => {
    if (key === null || known !== null) return;
    const abort = new AbortController();
    let timer = 0;
    const attempt = async (): Promise<void> => {
      const url = await load(abort.signal).catch(() => null);
      if (abort.signal.aborted) return;
      if (url !== null) setFound({ key, url });
      else timer = window.setTimeout(() => void attempt(), retryAfter);
    };
    void attempt();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [key]);
  return known ?? (found?.key === key ? found.url : null);
}
