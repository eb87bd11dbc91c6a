import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHome } from "./node-home.ts";

let home = "";
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), "albumen-home-")), "device");
});
afterEach(() => rmSync(join(home, ".."), { recursive: true }));

const random = (length: number) => new Uint8Array(randomBytes(length));
const open = async (create: boolean) => {
  const store = await openHome(home, create, random);
  if (!store.ok) throw new Error(store.error.reason);
  return store.value;
};
const write = (text: string) => [{ table: "meta" as const, key: "a", value: new TextEncoder().encode(text) }];

test("folder, key and store are their owner's only, and the key is made once", async () => {
  await (await open(true)).close();
  const key = readFileSync(join(home, "key"));
  expect(statSync(home).mode & 0o777).toBe(0o700);
  expect(["key", "albumen.db"].map((name) => statSync(join(home, name)).mode & 0o777)).toEqual([0o600, 0o600]);
  await (await open(true)).close();
  expect(readFileSync(join(home, "key"))).toEqual(key);
  expect(key).toHaveLength(32);
});

test("what was stored is read again, and no byte of it stands on the disk", async () => {
  const store = await open(true);
  await store.write(write("Anna is here"));
  await store.close();
  expect(readFileSync(join(home, "albumen.db")).includes("Anna")).toBe(false);
  const again = await open(false);
  expect(new TextDecoder().decode((await again.get("meta", "a")) ?? new Uint8Array(0))).toBe("Anna is here");
  await again.close();
});

test("without leave to create, nothing is made", async () => {
  expect(await openHome(home, false, random)).toMatchObject({ ok: false, error: { kind: "nothing-there" } });
  expect(() => statSync(home)).toThrow(/ENOENT/);
});

test("a store without its key is refused, and no new key is made", async () => {
  const store = await open(true);
  await store.write(write("x"));
  await store.close();
  rmSync(join(home, "key"));
  expect(await openHome(home, true, random)).toMatchObject({ ok: false, error: { kind: "key-missing" } });
  expect(() => statSync(join(home, "key"))).toThrow(/ENOENT/);
});

test("a crash between the draft of the key and the key leaves nothing that matters", async () => {
  await (await open(true)).close();
  rmSync(join(home, "key"));
  writeFileSync(join(home, "key.new"), "half");
  await (await open(true)).close();
  expect(readFileSync(join(home, "key"))).toHaveLength(32);
});
