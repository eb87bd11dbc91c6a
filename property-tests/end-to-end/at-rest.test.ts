/**
 * HOME at rest, with real processes: its files are their owner's alone whatever the umask; a passphrase locks it, is asked for
 * without being shown, and is changed wholly or not at all, also where the process is killed meanwhile.
 */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createDevice, type Device, type Finished, withoutModels } from "./processes.ts";

vi.setConfig({ testTimeout: 300_000 });

const first = "a spoon of quince jelly";
const second = "elderflower in july";

let folder = "";
let home = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "albumen-home-"));
  home = join(folder, "home");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The device, which answers questions with `lines`. */
function answering(...lines: readonly string[]): Device {
  return createDevice(home, { ...withoutModels, input: lines.map((line) => `${line}\n`).join("") });
}

const found = (device: Device, ...words: string[]) => device.run("init", "--relay", "http://127.0.0.1:9", ...words);
const keyFile = (): Buffer => readFileSync(join(home, "key"));
const digestWith = (...lines: readonly string[]) => answering(...lines).attempt("digest");

describe("modes", () => {
  const modes = () =>
    Object.fromEntries([".", ...readdirSync(home)].map((name) => [name, (statSync(join(home, name)).mode & 0o777).toString(8)]));

  /** The modes while a process has the store open. */
  async function modesWhileOpen(): Promise<Record<string, string>> {
    const watching = answering().start("sync", "--watch");
    await watching.document("phase");
    const seen = modes();
    watching.kill("SIGINT");
    await watching.finished;
    return seen;
  }

  test.each([
    ["022", 0o022],
    ["000", 0o000],
  ])("0700 and 0600 where the umask is %s", async (_, umask) => {
    const before = process.umask(umask);
    try {
      await found(answering());
      expect(await modesWhileOpen()).toEqual({ ".": "700", key: "600", "albumen.db": "600", "albumen.db-wal": "600" });
      await answering(first).run("passphrase", "set");
      await answering().start("sync").finished;
      expect(modes()).toEqual({ ".": "700", key: "600", "albumen.db": "600" });
    } finally {
      process.umask(before);
    }
  });

  test("wider ones are tightened, also those of what a killed process left behind", async () => {
    await found(answering());
    const watching = answering().start("sync", "--watch");
    await watching.document("phase");
    watching.kill("SIGKILL");
    await watching.finished;
    writeFileSync(join(home, "key.new"), new Uint8Array(32));
    for (const name of readdirSync(home)) chmodSync(join(home, name), 0o644);
    chmodSync(home, 0o755);
    expect(await modesWhileOpen()).toEqual({ ".": "700", key: "600", "albumen.db": "600", "albumen.db-wal": "600" });
  });
});

describe("a passphrase", () => {
  test("is set, asked for by every command, changed and taken away; a wrong one is one line and code 1", async () => {
    await found(answering());
    const open = await digestWith();
    expect(await answering(first).run("passphrase", "set")).toEqual({ passphrase: true });
    expect(await digestWith(first)).toEqual(open);
    expect(await digestWith()).toMatchObject({ code: 1, stderr: expect.stringMatching(/^albumen: .* is locked by .*\n$/) });
    const wrong: Finished = { code: 1, stdout: "", stderr: `albumen: that is not the passphrase of ${home}\n` };
    expect(await digestWith(second)).toEqual(wrong);
    expect(await digestWith(second, first)).toEqual(wrong);
    expect(await answering(first).attempt("passphrase", "set")).toMatchObject({ code: 1 });
    expect(await answering(second, first).attempt("passphrase", "change")).toEqual(wrong);
    expect(await answering(first, "seven77").attempt("passphrase", "change")).toMatchObject({ code: 2 });
    expect(await digestWith(first)).toEqual(open);
    await answering(first, second).run("passphrase", "change");
    expect(await digestWith(first)).toEqual(wrong);
    expect(await digestWith(second)).toEqual(open);
    expect(await answering(second).run("passphrase", "off")).toEqual({ passphrase: false });
    expect(await digestWith()).toEqual(open);
    expect(await answering(second).attempt("passphrase", "off")).toMatchObject({ code: 1 });
  });

  test("comes from a file, for a new home too, whose key is then never on the disk in the open", async () => {
    const file = join(folder, "passphrase");
    writeFileSync(file, `${first}\n`);
    await found(answering(), "--passphrase-file", file);
    expect(keyFile()).toHaveLength(97);
    expect(await answering().attempt("photos", "--passphrase-file", file)).toMatchObject({ code: 0 });
    expect(await answering().attempt("photos", "--passphrase-file", join(folder, "none"))).toMatchObject({ code: 2 });
    writeFileSync(file, `${first}\n${second}\n`);
    await answering().run("passphrase", "change", "--passphrase-file", file);
    expect(await digestWith(second)).toMatchObject({ code: 0 });
  });

  test("whose change is killed at any moment is the old one or the new one, and the library is there", async () => {
    await found(answering());
    await answering(first).run("passphrase", "set");
    const { stdout } = await digestWith(first);
    let now = first;
    /** Kills a change at `moment`. */
    const killAt = async (moment: () => Promise<unknown>): Promise<void> => {
      const next = now === first ? second : first;
      const changing = answering(now, next).start("passphrase", "change");
      await moment();
      changing.kill("SIGKILL");
      await changing.finished;
      const asBefore = await digestWith(now);
      if (asBefore.code !== 0) now = next;
      expect(asBefore.code === 0 ? asBefore : await digestWith(next)).toMatchObject({ code: 0, stdout });
      expect(existsSync(join(home, "key.new"))).toBe(false);
    };
    const untilDraft = async (): Promise<void> => {
      const until = performance.now() + 20_000;
      while (!existsSync(join(home, "key.new")) && performance.now() < until) await new Promise(setImmediate);
    };
    for (let at = 0; at < 3; at++) await killAt(untilDraft);
    for (const milliseconds of [500, 1000]) await killAt(() => wait(milliseconds));
  });
});

/** Makes a terminal around a program: util-linux's `script`. */
const terminalMaker = "/usr/bin/script";
const hasTerminal = process.platform === "linux" && existsSync(terminalMaker);

describe("at a terminal", () => {
  /** What a person sees who types `typed`, each when its question stands there. */
  async function type(
    command: string,
    typed: readonly (readonly [RegExp, string])[],
  ): Promise<{ seen: string; code: number | null }> {
    const cli = join(import.meta.dirname, "../../client/cli/main.ts");
    const line = `'${process.execPath}' --disable-warning=ExperimentalWarning '${cli}' ${command} --home '${home}'`;
    const child = spawn(terminalMaker, ["-qec", line, "/dev/null"], { stdio: ["pipe", "pipe", "pipe"] });
    let seen = "";
    child.stdout.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    let from = 0;
    for (const [question, text] of typed) {
      await expect.poll(() => seen.slice(from), { timeout: 30_000, interval: 20 }).toMatch(question);
      from = seen.length;
      child.stdin.write(`${text}\r`);
    }
    return { code: await ended, seen };
  }

  test.skipIf(!hasTerminal)("it is typed unseen, a new one twice, and a wrong one may be tried again after a pause", async () => {
    await found(answering());
    const set = await type("passphrase set", [
      [/New passphrase.*: $/, first],
      [/The same again: $/, first],
    ]);
    expect(set).toEqual({ code: 0, seen: expect.stringContaining("From now on every command asks") });
    expect(set.seen).not.toContain(first);
    const begun = performance.now();
    const tried = await type("albums", [
      [/Passphrase: $/, second],
      [/Once more: $/, `${first}!\u007f`],
    ]);
    expect(tried.code).toBe(0);
    expect(tried.seen).not.toMatch(/elderflower|quince/);
    expect(performance.now() - begun).toBeGreaterThan(1_000);
    const differing = await type("passphrase change", [
      [/Passphrase: $/, first],
      [/New passphrase.*: $/, second],
      [/The same again: $/, `${second}!`],
    ]);
    expect(differing).toEqual({ code: 1, seen: expect.stringContaining("The two are not the same.") });
    expect(await type("albums", [[/Passphrase: $/, "\u0003"]])).toMatchObject({ code: 1 });
    expect(await digestWith(first)).toMatchObject({ code: 0 });
  });
});
