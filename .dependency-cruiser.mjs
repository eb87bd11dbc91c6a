/**
 * The arrows: who may import whom, one named rule per arrow, each with its reason. Type-only imports count like any other.
 * Tests beside their sources are exempt from the arrows between packages and folders, for a test may compare its subject with
 * anything; nobody is exempt from `nothing-imports-property-tests`.
 */

/** Folders of core in order: each may import those before it, and nothing else of the project. */
const coreOrder = [
  ["primitives", "it is the ground: brands, results, bytes, canonical CBOR"],
  ["ids", "names of things are known everywhere and know only bytes"],
  ["index", "the codec of index records is shared with models, which know no keys and no facts"],
  ["wire", "it is what a blind party may see"],
  ["roster", "the relay runs it: who is a member follows from public parts alone"],
  ["crypto", "keys and seals know records, not what is said inside them"],
  ["membership", "devices, epochs and pairing carry any content"],
  ["facts", "a fact knows who may say it, not which document holds it"],
  ["documents", "which operations are allowed is a policy that facts hand in"],
  ["snapshot", "it remembers verified records, whatever is concluded from them"],
  ["replay", "it turns records into live facts; what people and albums make of them comes later"],
  ["people", "people follow from facts and index; albums ask people, never the reverse"],
  ["albums", "albums are queries over people and facts"],
  ["projection", "it puts all of it together and is imported by no other folder of core"],
];

/** Importers of each library: `where` is a pattern of paths, `why` the sentence that the person who breaks the rule reads. */
const importers = [
  ["libsodium", "libsodium[^/]*", "^core/crypto/", "one door to the primitives: use core/crypto"],
  ["bip39", "@scure/bip39", "^core/(crypto|membership)/", "recovery words are made and read in one place"],
  ["fflate", "fflate", "^core/(primitives|crypto)/", "inflation has a hard cap in one place"],
  ["automerge", "@automerge/automerge", "^core/documents/", "only verified changes reach Automerge: use core/documents"],
  [
    "automerge-repo",
    "@automerge/automerge-repo[^/]*",
    "^client/(engine|log)/",
    "handles are one surface of the log and of the engine over it",
  ],
  ["onnxruntime", "onnxruntime-[^/]*", "^models/runtime/", "sessions and their options are part of a pack: use models/runtime"],
  ["jsquash", "@jsquash/[^/]*", "^models/decoders/", "decoded pixels are part of a pack: use models/decoders"],
  ["dexie", "dexie", "^client/storage/dexie/", "IndexedDB is one adapter behind the store port"],
  [
    "hono-server",
    "@hono/node-server",
    "^relay/(main|serve)",
    "the relay's app is a function of requests; only its main opens a port",
  ],
  ["hono", "hono", "^relay/", "only the relay serves"],
  ["ws", "ws", "^relay/", "browsers and Node have WebSocket; only the relay serves it"],
  [
    "rxjs",
    "rxjs",
    "^client/(log|engine|web|workers|compose|transport)/",
    "streams start in the log; below it state goes in and comes out",
  ],
  ["qr", "qr", "^client/web/pairing/", "codes are drawn and read in one place"],
  ["react", "react|react-dom", "^client/web/", "only the web app has a screen"],
];

const inPackages = { path: "^(core|models|relay|client)/", pathNot: "\\.test\\.tsx?$" };
const library = (name) => `(^|/)node_modules/(${name})/`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const sources = (path, ...pathNot) => ({ path, pathNot: ["\\.test\\.tsx?$", ...pathNot] });

/** The ports of effects, which are parameters everywhere; the other ports speak of facts, so only facts and what follows see them. */
const effectPorts = "^core/ports/(clock|random)\\.ts$";
const factsAt = coreOrder.findIndex(([folder]) => folder === "facts");

const coreArrows = coreOrder.map(([folder, reason], at) => {
  const before = [folder, ...coreOrder.slice(0, at).map(([name]) => name)].join("|");
  const ports = at < factsAt ? effectPorts : "^core/ports/";
  return rule(
    `core-${folder}-sees-what-is-before-it`,
    `core/${folder} may import of core only ${before.replaceAll("|", ", ")} and ports: ${reason}.`,
    sources(`^core/${folder}/`),
    { path: "^core/", pathNot: [`^core/(${before})/`, ports] },
  );
});

const libraryArrows = importers.map(([name, modules, where, why]) =>
  rule(
    `${name}-has-one-importer`,
    `${why[0].toUpperCase()}${why.slice(1)}.`,
    { ...inPackages, pathNot: [inPackages.pathNot, where] },
    {
      path: library(modules),
    },
  ),
);

export default {
  forbidden: [
    ...coreArrows,
    rule(
      "core-sync-sees-wire",
      "The sync state machine moves sealed records: it may know primitives, ids and wire, and nothing of what they hold.",
      sources("^core/sync/"),
      { path: "^core/", pathNot: ["^core/(sync|primitives|ids|wire)/", effectPorts] },
    ),
    rule(
      "core-ports-hold-interfaces",
      "A port is an interface over the lower half; an implementation in it would be an adapter that nobody can replace.",
      sources("^core/ports/"),
      { path: "^core/", pathNot: "^core/(ports|primitives|ids|wire|facts)/" },
    ),
    rule(
      "core-lowest-ports-see-ids",
      "Clock and random are parameters of the lowest folders, and models know the clusterer, so these ports know nothing above ids.",
      { path: "^core/ports/(clock|random|clusterer)\\.ts$" },
      { path: "^core/", pathNot: "^core/(primitives|ids)/" },
    ),
    rule(
      "core-sees-ports-as-types",
      "Core is handed its effects; code in a port would be an effect of its own.",
      sources("^core/", "^core/ports/"),
      { path: "^core/ports/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "core-ports-import-types-only",
      "A port has no behaviour of its own, so it needs types of wire and facts, never their code.",
      sources("^core/ports/"),
      { path: "^core/(wire|facts)/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "core-sees-core",
      "Core is the pure heart that every package shares: it knows none of them, and no machine.",
      sources("^core/"),
      { path: "^(models|relay|client|scripts)/|^node:", pathNot: "^core/" },
    ),
    rule("core-has-no-builtins", "Core runs in browsers and in Node alike.", sources("^core/"), { dependencyTypes: ["core"] }),
    rule(
      "core-libraries",
      "Each library in core is a decision about purity and size: the list is fflate, @scure/bip39, libsodium and Automerge.",
      sources("^core/"),
      {
        path: "node_modules/",
        pathNot: library("fflate|@scure/bip39|libsodium-wrappers-sumo|@automerge/automerge"),
      },
    ),
    rule(
      "models-see-primitives-ids-index",
      "Models turn pictures into index records and group faces (the one port they implement): they know no keys, no facts, no storage.",
      sources("^models/"),
      { path: "^(core|relay|client|scripts)/", pathNot: ["^core/(primitives|ids|index)/", "^core/ports/clusterer\\.ts$"] },
    ),
    rule(
      "relay-is-blind",
      "The relay sees headers, public parts and the signature check, so that it cannot read what it carries.",
      sources("^relay/"),
      { path: "^(core|models|client|scripts)/", pathNot: ["^core/(primitives|ids|wire|roster)/", "^core/crypto/verify\\.ts$"] },
    ),
    rule(
      "client-never-sees-relay",
      "They share a wire format, never code; only Node's composition starts a relay, for `albumen relay` and `npm start`.",
      sources("^client/", "^client/compose/node-relay\\.ts$"),
      { path: "^(relay|scripts)/" },
    ),
    rule(
      "log-knows-no-photos",
      "The log carries any application: of core it may know what seals, admits, carries and syncs records, and of facts only their place in one and which heights count.",
      sources("^client/log/"),
      {
        path: "^(core|models)/",
        pathNot: [
          "^core/(primitives|ids|wire|roster|crypto|membership|documents|snapshot|sync)/",
          "^core/facts/(verified-record|fact-id|waiting)\\.ts$",
          "^core/ports/(store|random)\\.ts$",
        ],
      },
    ),
    rule(
      "log-never-sees-the-engine",
      "The engine is one application of the log: the log alone must serve another.",
      sources("^client/log/"),
      { path: "^client/engine/" },
    ),
    rule(
      "engine-never-sees-adapters",
      "Log and engine know ports; only compose knows every adapter, so each can be replaced and tested alone.",
      sources("^client/(log|engine)/"),
      { path: "^client/(storage|transport|workers|compose|web|cli)/" },
    ),
    rule(
      "adapters-never-see-screens",
      "A store or a transport serves any screen, so it knows none, and never how it is put together.",
      sources("^client/(storage|transport)/"),
      { path: "^client/(compose|web|cli)/" },
    ),
    rule(
      "screens-see-the-engine",
      "The web app and the CLI ask the engine, so that neither ever holds a store or a key.",
      sources("^client/(web|cli)/"),
      { path: "^client/(log|storage|transport|workers)/" },
    ),
    rule(
      "screens-see-no-core-but-names",
      "What a screen shows comes from the engine; of core it may know only ids and primitives, which hold neither key nor store. The build's own configuration is no screen.",
      sources("^client/(web|cli)/", "^client/web/vite\\.config\\.ts$"),
      { path: "^(core|models)/", pathNot: "^core/(primitives|ids)/" },
    ),
    rule(
      "only-mains-compose",
      "Composition is short, boring and at the edge: only the mains of web and CLI import it.",
      sources("^client/", "^client/compose/", "^client/(web|cli)/main\\.tsx?$"),
      { path: "^client/compose/" },
    ),
    rule("web-and-cli-are-apart", "The web app must not carry the CLI, nor the CLI the web app.", sources("^client/web/"), {
      path: "^client/cli/",
    }),
    rule("cli-and-web-are-apart", "The web app must not carry the CLI, nor the CLI the web app.", sources("^client/cli/"), {
      path: "^client/web/",
    }),
    rule(
      "sqlite-has-one-importer",
      "SQLite is one adapter behind the store ports of client and relay.",
      { ...inPackages, pathNot: [inPackages.pathNot, "^(client/storage/sqlite|relay/log-store|relay/blob-store)/"] },
      { path: "^(node:)?sqlite$" },
    ),
    ...libraryArrows,
    rule(
      "nothing-imports-property-tests",
      "Proofs look at the product, the product never at its proofs.",
      { pathNot: "^property-tests/" },
      {
        path: "^property-tests/",
      },
    ),
    rule(
      "the-independent-decoder-stands-alone",
      "It proves that the formats can be read from their description: a line of the project in it, and it would prove nothing.",
      { path: "^property-tests/vectors/independent/" },
      { path: "^(core|models|relay|client|scripts|property-tests)/", pathNot: "^property-tests/vectors/independent/" },
    ),
    rule(
      "the-independent-decoder-has-its-own-libraries",
      "Nor does it use what the product uses for the same thing: node's own crypto and zlib, noble's ciphers and hashes, and the list of words.",
      { path: "^property-tests/vectors/independent/" },
      { path: "node_modules/", pathNot: library("@noble/ciphers|@noble/hashes|@scure/bip39/wordlists|@types/node") },
    ),
    rule("no-circular-imports", "A circle has no bottom to read or test first, types included.", {}, { circular: true }),
    rule("imports-resolve", "An import that leads nowhere fails only when it runs.", {}, { couldNotResolve: true }),
    rule(
      "dependencies-are-declared",
      "What a package imports stands in its package.json (or the root's, for tools), so that a clean installation has it.",
      {},
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
    skipAnalysisNotInRules: true,
  },
};
