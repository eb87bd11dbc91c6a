/** docs/PROTOCOL.md says what the code does: every label, refusal, route and limit stands in it, with its number. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { blobChunkBytes } from "@albumen/core/crypto/blob.ts";
import type { HashLabel } from "@albumen/core/crypto/hash.ts";
import type { SignatureLabel } from "@albumen/core/crypto/verify.ts";
import { genesis, heightsPerDocument } from "@albumen/core/documents/author.ts";
import { contentCap, contentDictionary } from "@albumen/core/documents/content.ts";
import { maximalChanges } from "@albumen/core/documents/event-body.ts";
import { freeChangeLimits } from "@albumen/core/documents/free-change.ts";
import { maximalOperations } from "@albumen/core/documents/verify-change.ts";
import { codeOfKind } from "@albumen/core/facts/fact-codes.ts";
import { factLimits } from "@albumen/core/facts/fact.ts";
import { greatestCountedHeight } from "@albumen/core/facts/waiting.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { pageLimits } from "@albumen/core/wire/page.ts";
import { recordLimits } from "@albumen/core/wire/record.ts";
import { statusByKind } from "@albumen/relay/refusal.ts";
import { logLimits } from "@albumen/relay/log-store/log-store.ts";
import { defaultLimits, type Rate } from "@albumen/relay/limits.ts";
import { createRelayWorld } from "./contracts/relay-world.ts";

const page = readFileSync(new URL("../docs/PROTOCOL.md", import.meta.url), "utf8");

const hashLabels: Readonly<Record<HashLabel, true>> = {
  "albumen fact 1": true,
  "albumen photo 1": true,
  "albumen cluster 1": true,
  "albumen digest 1": true,
  "albumen document 1": true,
  "albumen actor 1": true,
  "albumen record key 1": true,
  "albumen blob key 1": true,
  "albumen snapshot key 1": true,
  "albumen epoch commitment 1": true,
  "albumen secret commitment 1": true,
  "albumen key box 1": true,
  "albumen words sign 1": true,
  "albumen words seal 1": true,
  "albumen pairing code 1": true,
  "albumen store key 1": true,
  "albumen pairing mailbox 1": true,
  "albumen pairing key 1": true,
  "albumen pairing commitment 1": true,
  "albumen pairing string 1": true,
};

/** The number as the page writes it: 67,108,864. */
function shown(value: number): string {
  return value.toLocaleString("en-US");
}

/** The compiler refuses this table where a label is missing from it, or stands in it and nowhere else. */
const signatureLabels: Readonly<Record<SignatureLabel, true>> = {
  "albumen record 1": true,
  "albumen challenge 1": true,
  "albumen find 1": true,
  "albumen create 1": true,
  "albumen countersign 1": true,
  "albumen snapshot 1": true,
};

describe("the protocol page names", () => {
  test.each(Object.keys({ ...signatureLabels, ...hashLabels }))("the label %s, and what is made under it", (label) => {
    expect(page).toContain(`\n| \`${label}\` |`);
  });

  test.each(Object.entries(statusByKind))("the refusal %s with its status %d", (kind, status) => {
    expect(page).toContain(`| \`${kind}\` | ${status} |`);
  });

  const routes = createRelayWorld().relay.app.routes.filter(({ method }) => method !== "ALL");
  test.each(routes.map(({ method, path }) => [method, path]))("the route %s %s", (method, path) => {
    const row = page.split("\n").find((line) => line.startsWith("| `") && line.includes(path) && line.includes(`\`${method}`));
    expect(row).toBeDefined();
  });

  test.each(Object.entries(defaultLimits))("the limit %s with its value", (name, limit: number | Rate) => {
    const value = typeof limit === "number" ? shown(limit) : `${shown(limit.burst)}, then ${shown(limit.perMinute)} a minute`;
    expect(page).toContain(`| \`${name}\` | ${value} |`);
  });

  test("the sizes of pages, and what a log keeps of forks and of removed keys", () => {
    expect(page).toContain(`at most ${shown(pageLimits.bytes)} bytes and ${shown(pageLimits.records)} records`);
    expect(page).toContain(`At one (device, sequence) ${logLimits.forks} records are kept`);
    expect(page).toContain(`set aside, at most ${logLimits.aside} of a device`);
  });

  test("the sizes of records and of what they hold", () => {
    const { maximum, maximalPublicPart, header, signature, tag } = recordLimits;
    const { subjects, references, text, key, rule } = factLimits;
    const { bytes, rows, number } = freeChangeLimits;
    const sentences = [
      `A record has at most ${shown(maximum)} bytes, a public part at most ${shown(maximalPublicPart)}`,
      `| ${header} | | content`,
      `| −${signature} | ${signature} | signature |`,
      `its ${tag} bytes of tag`,
      `${shown(contentCap)} bytes for contents`,
      `a preset dictionary of ${contentDictionary.length} bytes`,
      `at most ${shown(maximalOperations)} operations`,
      `⌊height / ${shown(heightsPerDocument)}⌋`,
      `exceeds ${shown(greatestCountedHeight(0))} + ${greatestCountedHeight(1) - greatestCountedHeight(0)} ×`,
      `1 … ${shown(maximalChanges)} changes of a`,
      `${shown(bytes)} bytes, ${shown(rows)} rows of any column, numbers of operations and changes up to ${shown(number)}`,
      `${shown(subjects)} subjects, ${shown(references)} references, texts of ${shown(text)} UTF-16 units, keys of ${key}, rules of ${shown(rule)} bytes`,
      `cut every ${shown(blobChunkBytes)} bytes`,
    ];
    for (const sentence of sentences) expect(page).toContain(sentence);
  });

  test("the dictionary and the genesis, byte by byte", () => {
    const digits = page.replaceAll("\n", "");
    expect(digits).toContain(`\`\`\`${bytesToHex(contentDictionary)}\`\`\``);
    expect(digits).toContain(`\`\`\`${bytesToHex(genesis)}\`\`\``);
  });

  test.each(Object.entries(codeOfKind))("the fact %s with its code %d", (kind, code) => {
    expect(page).toContain(`| ${code} | \`${kind}\` |`);
  });
});
