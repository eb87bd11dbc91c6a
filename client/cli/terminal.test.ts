import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createTerminal } from "./terminal.ts";

/** A terminal over streams in memory; `now` is the clock. */
function create(options: { readonly json?: boolean; readonly isTTY?: boolean } = {}) {
  const { isTTY = false } = options;
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const streams = { stdin: Object.assign(stdin, { isTTY }), stdout, stderr: Object.assign(stderr, { isTTY, columns: 20 }) };
  const clock = { now: 0 };
  const controller = new AbortController();
  const terminal = createTerminal(streams, options.json ?? false, controller.signal, () => clock.now);
  return { terminal, stdin, clock, controller, out: () => String(stdout.read() ?? ""), err: () => String(stderr.read() ?? "") };
}

test("text where no documents are wanted, one document per line where they are", () => {
  const text = create();
  text.terminal.print({ a: 1 }, () => ["one", "two"]);
  expect(text.out()).toBe("one\ntwo\n");
  const json = create({ json: true });
  json.terminal.print({ a: 1 }, () => ["one"]);
  json.terminal.print([2], () => []);
  expect(json.out()).toBe('{"a":1}\n[2]\n');
});

test("progress replaces its line on a screen, cut to its width, and leaves before other output", () => {
  const { terminal, err } = create({ isTTY: true });
  terminal.progress("a line that is longer than the screen");
  terminal.note("done");
  expect(err()).toBe("\r\u001b[Ka line that is long\r\u001b[Kdone\n");
});

test("progress into a file comes every few seconds", () => {
  const { terminal, clock, err } = create();
  for (const [now, line] of [
    [0, "a"],
    [2999, "b"],
    [3000, "c"],
    [5000, "d"],
    [6000, "e"],
  ] as const) {
    clock.now = now;
    terminal.progress(line);
  }
  expect(err()).toBe("c\ne\n");
});

test("several questions take one line each, however they arrive, secret ones without a word on the screen", async () => {
  const { terminal, stdin, err } = create();
  stdin.write("one\ntw");
  expect(await terminal.askSecret("first? ")).toBe("one");
  setImmediate(() => stdin.write("o\nthree\nrest"));
  expect(await terminal.askSecret("second? ")).toBe("two");
  expect(await terminal.ask("third? ")).toBe("three");
  setImmediate(() => stdin.end());
  expect(await terminal.askSecret("fourth? ")).toBe("rest");
  expect(await terminal.askSecret("fifth? ")).toBeNull();
  expect(err()).toBe("third? ");
});

test("a question is answered by a line, by the end of input, or by Ctrl-C", async () => {
  const answered = create();
  answered.stdin.write("yes\n");
  expect(await answered.terminal.ask("? ")).toBe("yes");
  const ended = create();
  ended.stdin.end();
  expect(await ended.terminal.ask("? ")).toBe("");
  const stopped = create();
  const answer = stopped.terminal.ask("? ");
  stopped.controller.abort();
  expect(await answer).toBe("");
});

test("a question is withdrawn when it is pointless", async () => {
  for (const isTTY of [false, true]) {
    const { terminal } = create({ isTTY });
    const withdrawn = new AbortController();
    const answer = terminal.ask("? ", withdrawn.signal);
    withdrawn.abort();
    expect(await answer).toBe("");
  }
});
