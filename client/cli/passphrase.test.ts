import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Terminal } from "./host.ts";
import { createQuestions, readAnswers } from "./passphrase.ts";

/** A person, or a stream of lines, who answers one question after the other; what was asked, and after which pauses. */
function createPerson(isInteractive: boolean, ...typed: readonly string[]) {
  const [asked, notes, pauses]: [string[], string[], number[]] = [[], [], []];
  const replies = [...typed];
  const askSecret = async (question: string): Promise<string | null> => {
    asked.push(question);
    return replies.shift() ?? null;
  };
  const terminal: Terminal = {
    json: false,
    isInteractive,
    interrupted: new AbortController().signal,
    print: () => {},
    note: (line) => void notes.push(line),
    progress: () => {},
    ask: async () => "",
    askSecret,
  };
  const questions = (...answers: readonly string[]) =>
    createQuestions(terminal, answers, async (milliseconds) => pauses.push(milliseconds));
  return { questions, asked, notes, pauses };
}

describe("the passphrase that is set", () => {
  test("a person is asked three times, after growing pauses", async () => {
    const person = createPerson(true, "a", "b", "c", "d");
    const { current } = person.questions();
    expect([await current(0), await current(1), await current(2), await current(3)]).toEqual(["a", "b", "c", null]);
    expect(person.pauses).toEqual([1_000, 3_000]);
  });

  test("a line of stdin is one answer, and there is no second try", async () => {
    const person = createPerson(false, "a", "b");
    const { current } = person.questions();
    expect([await current(0), await current(1)]).toEqual(["a", null]);
    expect(person.pauses).toEqual([]);
  });

  test("a file answers before anybody is asked, and nobody is asked after it was wrong", async () => {
    const person = createPerson(true, "a");
    const { current } = person.questions("from the file");
    expect([await current(0), await current(1)]).toEqual(["from the file", null]);
    expect(person.asked).toEqual([]);
  });
});

describe("a new passphrase", () => {
  test("is typed twice by a person", async () => {
    expect(await createPerson(true, "same", "same").questions().next()).toBe("same");
    const person = createPerson(true, "same", "other");
    expect(await person.questions().next()).toBeNull();
    expect(person.notes).toEqual(["The two are not the same."]);
    expect(await createPerson(true).questions().next()).toBeNull();
  });

  test("is one line of anything else", async () => {
    expect(await createPerson(false, "line").questions().next()).toBe("line");
  });

  test("is the line of the file after the current one", async () => {
    const { current, next } = createPerson(true).questions("old", "new");
    expect([await current(0), await next()]).toEqual(["old", "new"]);
  });

  test("of a new home is the first line of the file, and there is none without a file", async () => {
    expect(await createPerson(true, "typed").questions().first()).toBeNull();
    expect(await createPerson(true).questions("line").first()).toBe("line");
  });
});

describe("--passphrase-file", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "albumen-passphrase-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    writeFileSync(join(folder, "file"), text);
    return readAnswers(join(folder, "file"));
  };

  test("has one answer per line, with spaces as they stand", () => {
    expect(read("one \n two\n")).toEqual({ ok: true, value: ["one ", " two"] });
    expect(read("one\r\n")).toEqual({ ok: true, value: ["one"] });
    expect(readAnswers(null)).toEqual({ ok: true, value: [] });
  });

  test("that is empty or missing is a wrong call", () => {
    expect(read("\n")).toMatchObject({ ok: false, error: { code: 2, reason: expect.stringContaining("no passphrase") } });
    expect(readAnswers(join(folder, "none"))).toMatchObject({ ok: false, error: { code: 2 } });
  });
});
