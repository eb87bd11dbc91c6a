/**
 * Service worker: the app starts with no network. All files of one build are kept together under the hash that names the build,
 * and a page gets its files from there first, so that a page never runs with another build's code. A new build is fetched in
 * the background and serves the next start; the build before stays until then, for a page that is still open.
 *
 * Kept at once: everything but the runtime of the models (14 MB), which is kept when it is first needed. Never kept: what the
 * relay answers under /v1/ and the weights under /models/, which the index worker keeps and verifies itself.
 */

/** Replaced by the build: its name, and the addresses of its files. */
declare const __ALBUMEN_BUILD__: { readonly name: string; readonly files: readonly string[] };

/** The parts of the worker's scope that are used; the language's library has them only without the DOM's. */
interface WorkerScope {
  readonly location: Location;
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: <K extends "install" | "activate" | "fetch">(
    kind: K,
    listener: (event: WorkerEvent) => void,
  ) => void;
}

interface WorkerEvent {
  readonly request: Request;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly respondWith: (response: Promise<Response>) => void;
}

const scope = globalThis as unknown as WorkerScope;
const build = __ALBUMEN_BUILD__;
const prefix = "albumen-app-";
const cacheName = `${prefix}${build.name}`;

scope.addEventListener("install", (event) => {
  event.waitUntil(install());
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldBuilds());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== scope.location.origin || /^\/(v\d+|models)(\/|$)/.test(pathname)) return;
  event.respondWith(request.mode === "navigate" ? answer("/") : answer(request));
});

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(build.files.filter((file) => !file.includes("ort-wasm")));
  await scope.skipWaiting();
}

/** The build before this one stays for pages that still run it. */
async function forgetOldBuilds(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
}

/** From this build, else from the one before, else from the network; files with a hash in their name are then kept. */
async function answer(request: Request | string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = (await cache.match(request)) ?? (await caches.match(request));
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  const isOfThisBuild = build.files.includes(new URL(response.url).pathname);
  if (response.ok && isOfThisBuild) await cache.put(request, response.clone());
  return response;
}
