/**
 * Pictures for the screen: thumbnails and round crops of faces as object URLs, made when somebody looks and forgotten when
 * there are too many. The newest request goes first, so that a fast scroll shows where it ends before what it passed; a
 * request that nobody waits for any more is dropped.
 *
 * Limits: 800 thumbnails (about 80 kB each), 2,000 crops (about 8 kB each), 6 loads at a time; 1 while pictures are still
 * arriving, because each question for one that is not here makes the engine fetch all that are missing.
 */
import type { Box } from "@albumen/core/ids/face.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";

const maxThumbnails = 800;
const maxCrops = 2_000;
const maxLoads = 6;
/** Pixels of a crop's side: twice the largest circle on screen. */
const cropSide = 224;

/** Where screens get pictures; both resolve to null where nobody has the photo yet. */
export interface Pictures {
  /** Known already, without waiting. */
  readonly peek: (key: string) => string | null;
  readonly thumbnail: (photo: PhotoId, signal: AbortSignal) => Promise<string | null>;
  readonly crop: (photo: PhotoId, box: Box, signal: AbortSignal) => Promise<string | null>;
  /** Forgets them all: their addresses lead nowhere from then on. */
  readonly forget: () => void;
}

/** The key of a crop for `peek`; a thumbnail's key is its photo's id. */
export function cropKey(photo: PhotoId, box: Box): string {
  return `${photo}.${box.x}.${box.y}.${box.w}.${box.h}`;
}

/** Pictures over `load`, which gives a photo's JPEG; `isArriving` says whether some are still on their way to this device. */
export function createPictures(load: (photo: PhotoId) => Promise<Uint8Array | null>, isArriving: () => boolean): Pictures {
  const thumbnails = createUrlCache(maxThumbnails);
  const crops = createUrlCache(maxCrops);
  const enqueue = createQueue(() => (isArriving() ? 1 : maxLoads));
  const once = (cache: UrlCache, key: string, signal: AbortSignal, make: () => Promise<Blob | null>): Promise<string | null> => {
    const known = cache.get(key);
    return known !== null ? Promise.resolve(known) : enqueue(signal, async () => cache.get(key) ?? cache.put(key, await make()));
  };
  const jpeg = async (photo: PhotoId): Promise<Blob | null> => {
    const bytes = await load(photo);
    return bytes === null ? null : new Blob([bytes.slice()], { type: "image/jpeg" });
  };
  return {
    peek: (key) => thumbnails.get(key) ?? crops.get(key),
    thumbnail: (photo, signal) => once(thumbnails, photo, signal, () => jpeg(photo)),
    crop: (photo, box, signal) =>
      once(crops, cropKey(photo, box), signal, async () => {
        const whole = await jpeg(photo);
        return whole === null ? null : cropFace(whole, box);
      }),
    forget: () => {
      thumbnails.forget();
      crops.forget();
    },
  };
}

interface UrlCache {
  readonly get: (key: string) => string | null;
  readonly put: (key: string, blob: Blob | null) => string | null;
  readonly forget: () => void;
}

/** The least recently used are revoked first; pictures already on screen stay there all the same. */
function createUrlCache(limit: number): UrlCache {
  const urls = new Map<string, string>();
  return {
    get: (key) => {
      const url = urls.get(key) ?? null;
      if (url !== null) {
        urls.delete(key);
        urls.set(key, url);
      }
      return url;
    },
    put: (key, blob) => {
      if (blob === null) return null;
      const url = URL.createObjectURL(blob);
      urls.set(key, url);
      const oldest = urls.size > limit ? urls.entries().next().value : undefined;
      if (oldest !== undefined) {
        urls.delete(oldest[0]);
        URL.revokeObjectURL(oldest[1]);
      }
      return url;
    },
    forget: () => {
      for (const url of urls.values()) URL.revokeObjectURL(url);
      urls.clear();
    },
  };
}

type Enqueue = (signal: AbortSignal, task: () => Promise<string | null>) => Promise<string | null>;

function createQueue(limit: () => number): Enqueue {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  const next = (): void => {
    const task = running < limit() ? waiting.pop() : undefined;
    if (task === undefined) return;
    running++;
    void task().finally(() => {
      running--;
      next();
    });
    next();
  };
  return (signal, task) =>
    new Promise((resolve, reject) => {
      waiting.push(async () => {
        if (signal.aborted) resolve(null);
        else await task().then(resolve, reject);
      });
      next();
    });
}

/** The face with some air around it, as a square. */
async function cropFace(jpeg: Blob, box: Box): Promise<Blob> {
  const picture = await createImageBitmap(jpeg);
  const toX = picture.width / 65536;
  const toY = picture.height / 65536;
  const side = Math.min(1.55 * Math.max(box.w * toX, box.h * toY), picture.width, picture.height);
  const left = clamp((box.x + box.w / 2) * toX - side / 2, 0, picture.width - side);
  const top = clamp((box.y + box.h / 2) * toY - side / 2, 0, picture.height - side);
  const canvas = new OffscreenCanvas(cropSide, cropSide);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser gives no canvas");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, left, top, side, side, 0, 0, cropSide, cropSide);
  picture.close();
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
