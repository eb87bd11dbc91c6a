import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HomeOptions, openHome } from "./node-home.ts";

let home = "";
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), "albumen-home-")), "device");
});
afterEach(() => rmSync(join(home, ".."), { recursive: true }));

const random = (length: number) => new Uint8Array(randomBytes(length));
const nobody: Omit<HomeOptions, "create"> = { random, ask: async () => null, choose: async () => null };
const openWith = async (options: Partial<HomeOptions>) => {
  const opened = await openHome(home, { create: true, ...nobody, ...options });
  if (!opened.ok) throw new Error(opened.error.reason);
  return opened.value;
};
const open = async (create: boolean) => (await openWith({ create })).store;
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
  expect(await openHome(home, { create: false, ...nobody })).toMatchObject({ ok: false, error: { kind: "nothing-there" } });
  expect(() => statSync(home)).toThrow(/ENOENT/);
});

test("a store without its key is refused, and no new key is made", async () => {
  const store = await open(true);
  await store.write(write("x"));
  await store.close();
  rmSync(join(home, "key"));
  expect(await openHome(home, { create: true, ...nobody })).toMatchObject({ ok: false, error: { kind: "key-missing" } });
  expect(() => statSync(join(home, "key"))).toThrow(/ENOENT/);
});

test("a crash between the draft of the key and the key leaves nothing that matters", async () => {
  await (await open(true)).close();
  rmSync(join(home, "key"));
  writeFileSync(join(home, "key.new"), "half");
  await (await open(true)).close();
  expect(readFileSync(join(home, "key"))).toHaveLength(32);
});

describe("a passphrase", () => {
  const first = "quince jelly, two spoons";
  const second = "elderflower in july";
  const knowing = (...answers: string[]): Partial<HomeOptions> => ({ ask: async (wrong) => answers[wrong] ?? null });
  const keyFile = () => readFileSync(join(home, "key"));
  const set = async (passphrase: string | null, options: Partial<HomeOptions> = {}) => {
    const opened = await openWith(options);
    expect(opened.setPassphrase(passphrase)).toEqual({ ok: true, value: null });
    await opened.store.close();
  };

  test("locks the key that is there: what was stored is read with it, and not without it", async () => {
    const store = await open(true);
    await store.write(write("Anna is here"));
    await store.close();
    const raw = keyFile();
    await set(first);
    expect(keyFile()).toHaveLength(97);
    expect(keyFile().includes(raw)).toBe(false);
    expect(statSync(join(home, "key")).mode & 0o777).toBe(0o600);
    expect(await openHome(home, { create: false, ...nobody })).toMatchObject({ ok: false, error: { kind: "locked" } });
    const wrong = await openHome(home, { create: false, ...nobody, ...knowing("not it", "nor this") });
    expect(wrong).toMatchObject({ ok: false, error: { kind: "wrong-passphrase" } });
    const opened = await openWith(knowing("not it", first));
    expect(opened.hasPassphrase).toBe(true);
    expect(new TextDecoder().decode((await opened.store.get("meta", "a")) ?? new Uint8Array(0))).toBe("Anna is here");
    await opened.store.close();
  });

  test("is replaced and taken away", async () => {
    await (await open(true)).close();
    const raw = keyFile();
    await set(first);
    await set(second, knowing(first));
    expect(await openHome(home, { create: false, ...nobody, ...knowing(first) })).toMatchObject({ ok: false });
    await set(null, knowing(second));
    expect(keyFile()).toEqual(raw);
  });

  test("can be there from the beginning, and then no key ever lies in the open", async () => {
    const opened = await openWith({ choose: async () => first });
    expect(opened.hasPassphrase).toBe(true);
    await opened.store.close();
    expect(keyFile()).toHaveLength(97);
    await (await openWith(knowing(first))).store.close();
  });

  test("that is too short is refused, and nothing has changed", async () => {
    const opened = await openWith({});
    const raw = keyFile();
    expect(opened.setPassphrase("seven77")).toMatchObject({ ok: false, error: { kind: "weak-passphrase" } });
    expect(keyFile()).toEqual(raw);
    await opened.store.close();
  });

  test("a draft of a key that a lost process left behind is removed, whole or half", async () => {
    await set(first);
    writeFileSync(join(home, "key.new"), new Uint8Array(32));
    await (await openWith(knowing(first))).store.close();
    expect(existsSync(join(home, "key.new"))).toBe(false);
  });

  test("where the folder takes no new file, the change fails and the key is as it was", async () => {
    const opened = await openWith({});
    const raw = keyFile();
    mkdirSync(join(home, "key.new"));
    expect(opened.setPassphrase(first)).toMatchObject({ ok: false, error: { kind: "not-writable" } });
    expect(keyFile()).toEqual(raw);
    await opened.store.close();
  });

  test("a box that somebody weakened is named as damage, and no passphrase is asked for it", async () => {
    await set(first);
    const weakened = keyFile();
    weakened.writeUInt32BE(1, 1);
    writeFileSync(join(home, "key"), weakened);
    const refused = await openHome(home, { create: false, ...nobody, ask: async () => expect.unreachable() });
    expect(refused).toMatchObject({ ok: false, error: { kind: "key-missing", reason: expect.stringContaining("weakened") } });
  });
});

describe("modes", () => {
  const modes = () => [".", ...readdirSync(home)].map((name) => (statSync(join(home, name)).mode & 0o777).toString(8));
  const widen = () => {
    chmodSync(home, 0o755);
    for (const name of readdirSync(home)) chmodSync(join(home, name), 0o644);
  };

  test("that became wider are tightened", async () => {
    await (await open(true)).close();
    widen();
    await (await open(false)).close();
    expect(modes()).toEqual(["700", "600", "600"]);
  });

  test("a wide folder that holds other things is refused by name, and left as it is", async () => {
    await (await open(true)).close();
    writeFileSync(join(home, "diary.txt"), "");
    widen();
    expect(await openHome(home, { create: true, ...nobody })).toMatchObject({
      ok: false,
      error: { kind: "open-to-others", reason: expect.stringContaining("diary.txt") },
    });
    expect(statSync(home).mode & 0o777).toBe(0o755);
    chmodSync(home, 0o700);
    await (await open(false)).close();
    expect(statSync(join(home, "key")).mode & 0o777).toBe(0o600);
  });
});
