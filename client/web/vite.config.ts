/**
 * Build of the web app: `vite build --config client/web/vite.config.ts` writes `client/web/dist`. Everything has a
 * hash in its name but `index.html`, the service worker, the icon and the manifest; nothing is inlined, for the relay's policy forbids inline scripts and styles.
 *
 * Binaries of other packages (decoders, runtime, Automerge) are taken from where Node finds them and written beside the code;
 * `__ALBUMEN_ASSETS__` becomes the list of their addresses. Their own packages name them as well, which would put all of
 * them into the build twice: those references are emptied, as the worker hands each binary over.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { assetPaths } from "../../models/pipeline/assets.ts";

interface Asset {
  readonly address: string;
  readonly bytes: Uint8Array;
}

const assets = new Map<string, Asset>([
  ...Object.entries(assetPaths).map(([name, specifier]): [string, Asset] => [name, readAsset(specifier, "models")]),
  ["automerge", readAsset("@automerge/automerge/automerge.wasm", "core")],
]);

const page = join(import.meta.dirname, "index.html");
const serviceWorker = join(import.meta.dirname, "service-worker.ts");

/**
 * libsodium is larger than all the rest and changes least, so it is a file of its own. Written in the same way for page and
 * worker it has the same bytes in both builds, hence the same name: browsers fetch and keep it once.
 */
const output = {
  codeSplitting: { groups: [{ name: "libsodium", test: /libsodium/ }] },
  topLevelVar: true,
  comments: false,
  generatedCode: { preset: "es2015" as const },
};

const config: UserConfig = defineConfig({
  root: import.meta.dirname,
  define: { __ALBUMEN_ASSETS__: JSON.stringify(Object.fromEntries([...assets].map(([name, { address }]) => [name, address]))) },
  plugins: [react(), serveAssets(), leaveBinariesOut(), shareLibsodium(), describeBuild()],
  worker: { format: "es", plugins: () => [leaveBinariesOut(), shareLibsodium()], rolldownOptions: { output } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["chrome120", "firefox120", "safari17"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { index: page, "service-worker": serviceWorker },
      output: {
        // A service worker keeps its address for ever: browsers look there for the next one.
        entryFileNames: ({ name }) => (name === "service-worker" ? "[name].js" : "assets/[name]-[hash].js"),
        ...output,
      },
    },
  },
});

export default config;

function readAsset(specifier: string, owner: "core" | "models"): Asset {
  const path = createRequire(new URL(`../../${owner}/package.json`, import.meta.url)).resolve(specifier);
  const bytes = new Uint8Array(readFileSync(path));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  return { address: `/assets/${basename(path, extname(path))}-${hash}${extname(path)}`, bytes };
}

function serveAssets(): Plugin {
  return {
    name: "albumen-assets",
    configureServer: (server) => {
      server.middlewares.use((request, response, next) => {
        const asset = [...assets.values()].find(({ address }) => address === request.url);
        if (asset === undefined) return next();
        response.setHeader("content-type", "application/wasm");
        response.end(asset.bytes);
      });
    },
    generateBundle() {
      for (const { address, bytes } of assets.values()) {
        this.emitFile({ type: "asset", fileName: address.slice(1), source: bytes });
      }
    },
  };
}

function leaveBinariesOut(): Plugin {
  return {
    name: "albumen-binaries",
    enforce: "pre",
    transform: {
      filter: { id: /onnxruntime-web|@jsquash/ },
      handler: (code) => ({ code: code.replaceAll(/new URL\("[^"]*\.wasm",\s*import\.meta\.url\)\.href/g, '""'), map: null }),
    },
  };
}

/** Without what it would load in an old Node, which browsers never do, it needs no help of the bundler's: the same bytes in each. */
function shareLibsodium(): Plugin {
  return {
    name: "albumen-libsodium",
    enforce: "pre",
    transform: {
      filter: { id: /libsodium-sumo/ },
      handler: (code) => ({ code: code.replaceAll('require("crypto")', "{}"), map: null }),
    },
  };
}

/** Tells the service worker which files belong to its build. */
function describeBuild(): Plugin {
  return {
    name: "albumen-build",
    generateBundle: {
      order: "post",
      handler: (_options, bundle) => {
        const names = Object.keys(bundle).filter((name) => !["index.html", "service-worker.js"].includes(name));
        const files = ["/", "/icon.svg", "/manifest.webmanifest", ...names.sort().map((name) => `/${name}`)];
        const name = createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 16);
        const worker = bundle["service-worker.js"];
        if (worker?.type !== "chunk") throw new Error("the service worker was not built");
        worker.code = worker.code.replace("__ALBUMEN_BUILD__", JSON.stringify({ name, files }));
      },
    },
  };
}
