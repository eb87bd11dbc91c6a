import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRelayApp } from "./app.ts";
import { createMemoryBlobStore } from "./blob-store/memory.ts";
import { createMemoryLogStore } from "./log-store/memory.ts";
import { createStaticSite } from "./static.ts";

const folder = mkdtempSync(join(tmpdir(), "albumen-static-"));
let send: (path: string, init?: RequestInit) => Promise<Response>;

beforeAll(async () => {
  mkdirSync(join(folder, "web", "assets"), { recursive: true });
  mkdirSync(join(folder, "models", "pack"), { recursive: true });
  const files = {
    "secret.txt": "secret",
    "web/index.html": "<title>Albumen</title>",
    "web/sw.js": "// worker",
    "web/a b.txt": "space",
    "web/empty.css": "",
    "web/assets/app-Bx3kf9Qz.js": "export {}",
    "web/assets/plain.js": "export {}",
    "web/assets/sodium-Ab12_x9-.wasm": "wasm",
    "web/assets/codec-12345678.mjs": "export {}",
    "models/pack/yunet.onnx": "weights",
    "models/private.bin": "private",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  symlinkSync(join(folder, "secret.txt"), join(folder, "web", "link.txt"));
  const models = { dir: join(folder, "models"), files: ["pack/yunet.onnx", "pack/missing.onnx"] };
  const { app } = createRelayApp({
    logStore: createMemoryLogStore(new Uint8Array(16)),
    blobStore: createMemoryBlobStore(),
    clock: { now: () => 0, after: () => () => {} },
    random: (length) => new Uint8Array(length),
    origin: "http://localhost:1",
    fallback: await createStaticSite({ web: join(folder, "web"), models }),
  });
  send = async (path, init) => app.request(`http://localhost:1${path}`, { headers: { host: "localhost:1" }, ...init });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the web app", () => {
  test.each([
    ["/", "text/html; charset=utf-8", "no-cache"],
    ["/index.html", "text/html; charset=utf-8", "no-cache"],
    ["/albums/7", "text/html; charset=utf-8", "no-cache"],
    ["/sw.js", "text/javascript; charset=utf-8", "no-cache"],
    ["/empty.css", "text/css; charset=utf-8", "no-cache"],
    ["/assets/plain.js", "text/javascript; charset=utf-8", "no-cache"],
    ["/assets/app-Bx3kf9Qz.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
    ["/assets/sodium-Ab12_x9-.wasm", "application/wasm", "public, max-age=31536000, immutable"],
    ["/assets/codec-12345678.mjs", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
    ["/models/pack/yunet.onnx", "application/octet-stream", "no-cache"],
  ])("serves %s as %s, %s", async (path, type, caching) => {
    const response = await send(path);
    const { headers } = response;
    expect([response.status, headers.get("content-type"), headers.get("cache-control")]).toEqual([200, type, caching]);
    expect([headers.get("cross-origin-opener-policy"), headers.get("cross-origin-embedder-policy")]).toEqual([
      "same-origin",
      "require-corp",
    ]);
    expect([headers.get("cross-origin-resource-policy"), headers.get("x-content-type-options")]).toEqual([
      "same-origin",
      "nosniff",
    ]);
    expect(headers.get("content-length")).toBe(String((await response.text()).length));
  });

  test("may run its own scripts, talk to its own origin and use the camera, and nothing else", async () => {
    expect((await send("/")).headers.get("content-security-policy")).toBe(
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ws://localhost:1 wss://localhost:1; " +
        "img-src 'self' blob: data:; style-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect((await send("/")).headers.get("permissions-policy")).toBe(
      "camera=(self), microphone=(), geolocation=(), display-capture=()",
    );
    const odd = await send("/", { headers: { host: "a; script-src *" } });
    expect(odd.headers.get("content-security-policy")).toContain("connect-src 'self';");
  });

  test("is not sent again where it did not change, and HEAD has no body", async () => {
    const first = await send("/sw.js");
    const etag = first.headers.get("etag") ?? "";
    expect((await send("/sw.js", { headers: { "if-none-match": etag } })).status).toBe(304);
    const head = await send("/sw.js", { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "9", ""]);
  });

  test.each([
    "/missing.js",
    "/link.txt",
    "/assets/../../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
    "/models/private.bin",
    "/models/pack/missing.onnx",
    "/models/../secret.txt",
    "/models/%2e%2e/secret.txt",
    "/models/pack",
    "//secret.txt",
    "/sw.js%00.txt",
  ])("does not serve %s", async (path) => {
    const response = await send(path);
    expect(await response.text()).not.toContain("secret");
    expect([200, 404]).toContain(response.status);
    if (response.status === 200) expect(response.headers.get("content-type")).toContain("text/html");
  });

  test("does not hide the API: what is missing there is said in JSON, and other methods find nothing", async () => {
    expect(await (await send("/v1/nothing")).json()).toMatchObject({ error: "not-found" });
    expect(await (await send("/v2")).json()).toMatchObject({ error: "unsupported-version" });
    expect((await send("/", { method: "POST", body: "x" })).status).toBe(404);
  });
});

describe("any origin", () => {
  test("may ask the API, with a token and without cookies", async () => {
    const preflight = await send("/v1/sessions", {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
      },
    });
    const { headers } = preflight;
    expect([
      preflight.status,
      headers.get("access-control-allow-origin"),
      headers.get("access-control-allow-credentials"),
    ]).toEqual([204, "*", null]);
    expect(headers.get("access-control-allow-headers")).toContain("Authorization");
    expect(headers.get("access-control-allow-methods")).toContain("PUT");
    const answer = await send("/v1", { headers: { origin: "https://app.example" } });
    expect([answer.headers.get("access-control-allow-origin"), answer.headers.get("cache-control")]).toEqual(["*", "no-store"]);
    expect(answer.headers.get("access-control-expose-headers")).toContain("Retry-After");
  });
});
