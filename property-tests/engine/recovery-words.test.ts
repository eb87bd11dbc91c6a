/** The recovery words on the command line: shown by `init`, asked for on a terminal, checked from paper with `words check`. */
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { failed } from "@albumen/client/cli/error.ts";
import { createQuestions } from "@albumen/client/cli/passphrase.ts";
import { runCli } from "@albumen/client/cli/run.ts";
import { createTerminal } from "@albumen/client/cli/terminal.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { ok } from "@albumen/core/primitives/result.ts";
import { createWorld, relayAddress, type World } from "./bench-world.ts";

/** A command line whose person types `typed`; `isTTY` where it is a terminal. The store outlives the command. */
function createMachine(world: World) {
  const kept = createMemoryStore();
  const store = { ...kept, close: async () => undefined };
  return async (line: string, options: { readonly typed?: readonly string[]; readonly isTTY?: boolean } = {}) => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const isTTY = options.isTTY ?? false;
    const streams = { stdin: Object.assign(stdin, { isTTY }), stdout, stderr };
    const problems: string[] = [];
    const createHost: Parameters<typeof runCli>[1] = (invocation) => {
      const terminal = createTerminal(streams, invocation.flag("json"), new AbortController().signal, () => 0);
      return ok({
        terminal,
        home: "/home",
        machineName: "machine",
        openParts: async () => ok(world.parts(store)),
        questions: createQuestions(terminal, [], async () => undefined),
        openHome: async () => failed("there is none"),
        startRelay: async () => failed("there is none"),
      });
    };
    // Answers as a person gives them, one after the other question; a pipe gives all at once.
    const said = { out: "", err: "" };
    stdout.on("data", (data) => (said.out += String(data)));
    const typed = [...(options.typed ?? [])];
    if (!isTTY) stdin.end(typed.splice(0).join("\n"));
    stderr.on("data", (data) => {
      said.err += String(data);
      const [, place] = /Word (\d+): $/.exec(said.err) ?? [];
      if (place === undefined) return;
      const words = wordsIn(said.out);
      const answer = typed.shift() ?? words[Number(place) - 1] ?? "";
      setTimeout(() => stdin.write(`${answer}\n`), 5);
    });
    const code = await runCli(line.split(" "), createHost, { line: () => undefined, problem: (text) => problems.push(text) });
    return { code, ...said, problems };
  };
}

/** The words in a table of 24. */
function wordsIn(text: string): string[] {
  return [...text.matchAll(/^( +\d+ [a-z]+)+ *$/gm)].flatMap(([row]) => [...row.matchAll(/[a-z]+/g)].map(([word]) => word));
}

const init = `init --relay ${relayAddress}`;
const isUnchecked = async (run: ReturnType<typeof createMachine>): Promise<unknown> =>
  JSON.parse((await run("status --json")).out).wordsUnchecked;

test("on a terminal three of them are asked for, again where one is wrong", async () => {
  const run = createMachine(createWorld(41));
  const founded = await run(init, { isTTY: true, typed: ["nonsense"] });
  expect(founded.code).toBe(0);
  expect(wordsIn(founded.out)).toHaveLength(24);
  expect(founded.err.match(/Word \d+: /g)).toHaveLength(4);
  expect(founded.err).toMatch(/That is not word \d+/);
  expect(founded.err).toMatch(/Right\. Your words are on paper\./);
  expect(founded.err).not.toContain("nonsense");
  expect(await isUnchecked(run)).toBe(false);
});

test("Enter puts it off, and status reminds until they were checked from paper", async () => {
  const run = createMachine(createWorld(42));
  const founded = await run(init, { isTTY: true, typed: [""] });
  expect(founded.code).toBe(0);
  expect(founded.err).toMatch(/albumen words check/);
  expect((await run("status")).out).toMatch(/Words +nobody has shown yet/);
  const words = wordsIn(founded.out);
  const wrong = await run("words check", { typed: [words.with(3, "slipofpen").join(" ")] });
  expect(wrong).toMatchObject({ code: 1, out: "", problems: [expect.stringMatching(/slip of the pen in word 4/)] });
  expect(JSON.stringify(wrong)).not.toContain("slipofpen");
  expect(await isUnchecked(run)).toBe(true);
  const right = await run("words check --json", { typed: [`  ${words.join("  ").toUpperCase()} `] });
  expect(right).toMatchObject({ code: 0, out: '{"words":"right"}\n' });
  for (const word of words.filter((one) => one.length > 5)) expect(right.err).not.toContain(word);
  expect(await isUnchecked(run)).toBe(false);
  expect((await run("status")).out).not.toMatch(/Words +nobody/);
});

test("nothing is asked where nobody can answer: with --json, and in a pipe", async () => {
  for (const [line, isTTY] of [
    [`${init} --json`, true],
    [init, false],
  ] as const) {
    const run = createMachine(createWorld(43));
    const founded = await run(line, { isTTY });
    expect(founded.code).toBe(0);
    expect(founded.err).not.toMatch(/Word \d+/);
    expect(await isUnchecked(run)).toBe(true);
  }
});

test("words of another library, and words as an argument, are refused", async () => {
  const world = createWorld(44);
  const [here, there] = [createMachine(world), createMachine(world)];
  await here(init);
  const other = wordsIn((await there(init)).out).join(" ");
  expect((await here("words check", { typed: [other] })).problems).toEqual(["these are recovery words, but not of this library"]);
  expect(await here(`words check ${other}`)).toMatchObject({ code: 2 });
});
