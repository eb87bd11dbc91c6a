/**
 * The web app and its models as static files.
 *
 * What may be served is listed once, when the relay starts: every regular file of the app's folder, and of the models' folder
 * those that are named. A request is looked up in that list and never becomes a path, so there is nothing to traverse; links
 * are not followed. Files whose name carries a hash ("app-Bx3kf9Qz.js" in "/assets/") never change; all others are asked for
 * again with their ETag. Addresses without a file extension are places inside the app: they get index.html.
 *
 * Every response isolates the page (COOP, COEP, CORP), which gives it threads, and carries a policy that lets it talk to this
 * origin alone: a script that got in could send nothing away. The camera is for the page itself, which scans codes with it;
 * nothing else that spies is for anybody.
 */
import { readdir, stat } from "node:fs/promises";
import type { Context } from "hono";
import { streamRange } from "./blob-store/stream-range.ts";
import { mimeType } from "./mime.ts";

/** What is served. */
export interface StaticFolders {
  /** Folder of the built app, served at "/". */
  readonly web?: string;
  /** Folder of models, served at "/models/": only the named files, paths relative to it with "/". */
  readonly models?: { readonly dir: string; readonly files: readonly string[] };
}

interface StaticFile {
  readonly path: string;
  readonly size: number;
  readonly etag: string;
  readonly type: string;
  readonly isImmutable: boolean;
}

/** Answers GET and HEAD for files and places of the app; null for all else. @throws where a folder cannot be listed. */
export async function createStaticSite(folders: StaticFolders): Promise<(request: Context) => Promise<Response | null>> {
  const files = new Map<string, StaticFile>();
  if (folders.web !== undefined) await listWeb(folders.web, files);
  for (const name of folders.models?.files ?? []) {
    const file = await describeFile(`${folders.models?.dir}/${name}`, false);
    if (file !== null) files.set(`/models/${name}`, file);
  }
  return async (request) => {
    const { method, path } = request.req;
    if (method !== "GET" && method !== "HEAD") return null;
    const file = files.get(path) ?? (isPlace(path) ? files.get("/index.html") : undefined);
    return file === undefined ? null : respond(request, file);
  };
}

function isPlace(path: string): boolean {
  return !path.startsWith("/models/") && !path.slice(path.lastIndexOf("/")).includes(".");
}

async function listWeb(folder: string, files: Map<string, StaticFile>): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    const name = path.slice(folder.length).replaceAll("\\", "/").replace(/^\/*/, "/");
    const file = await describeFile(path, /^\/assets\/.*[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(name));
    if (file !== null) files.set(name, file);
  }
}

async function describeFile(path: string, isImmutable: boolean): Promise<StaticFile | null> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) return null;
  const etag = `W/"${found.size.toString(16)}-${Math.floor(found.mtimeMs).toString(16)}"`;
  return { path, size: found.size, etag, type: mimeType(path), isImmutable };
}

function respond(request: Context, file: StaticFile): Response {
  const headers = {
    "content-type": file.type,
    etag: file.etag,
    "cache-control": file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
    "content-security-policy": contentSecurityPolicy(request.req.header("host") ?? ""),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), display-capture=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
  if (request.req.header("if-none-match") === file.etag) return new Response(null, { status: 304, headers });
  const body = request.req.method === "HEAD" || file.size === 0 ? null : streamRange(file.path, 0, file.size);
  return new Response(body, { headers: { ...headers, "content-length": String(file.size) } });
}

/** The policy of a page on `host`. Browsers that do not count sockets as 'self' find them named. */
function contentSecurityPolicy(host: string): string {
  const sockets = /^[A-Za-z0-9.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : "";
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `connect-src 'self'${sockets}`,
    "img-src 'self' blob: data:",
    "style-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
