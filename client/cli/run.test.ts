import { describe, expect, test } from "vitest";
import { commands } from "./commands.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { readRequest } from "./run.ts";

/** Words as a shell gives them, for words without spaces. */
const read = (line: string) => readRequest(line.split(" ").filter((word) => word !== ""));
const reasonOf = (line: string) => {
  const request = read(line);
  return request.ok ? `understood: ${request.value.kind}` : `${request.error.code}: ${request.error.reason}`;
};
const invocationOf = (line: string) => {
  const request = read(line);
  if (!request.ok || request.value.kind !== "command") throw new Error(reasonOf(line));
  return request.value;
};

describe("what is understood", () => {
  test("commands of one and of two words", () => {
    expect(invocationOf("photos").command.name).toBe("photos");
    expect(invocationOf("album create Family --rule favourite").command.name).toBe("album create");
  });

  test("words by the name of their place, options by theirs", () => {
    const { invocation } = invocationOf("album create Family --rule favourite --home x");
    expect(invocation.word("NAME")).toBe("Family");
    expect(invocation.option("rule")).toBe("favourite");
    expect(invocation.option("home")).toBe("x");
    expect(invocation.flag("json")).toBe(false);
  });

  test("options with an equals sign and before the words", () => {
    const { invocation } = invocationOf("merge --home=x A B --json");
    expect([invocation.word("A"), invocation.word("B"), invocation.option("home"), invocation.flag("json")]).toEqual([
      "A",
      "B",
      "x",
      true,
    ]);
  });

  test("common options before the command", () => {
    const { invocation } = invocationOf("--json --home x --passphrase-file y photos");
    expect([invocation.option("home"), invocation.flag("json"), invocation.option("passphrase-file")]).toEqual(["x", true, "y"]);
  });

  test("many paths", () => expect(invocationOf("import a b c").invocation.words("PATH")).toEqual(["a", "b", "c"]));

  test("a word that begins with a dash, after two dashes", () => {
    expect(invocationOf("name 3fa1c2d4 -- -Anna").invocation.word("TEXT")).toBe("-Anna");
  });

  test("an optional word may be left out", () => {
    expect(invocationOf("undo").invocation.word("EVENT")).toBe("");
    expect(invocationOf("undo 3fa1").invocation.word("EVENT")).toBe("3fa1");
  });
});

describe("what is refused, each in one line with exit code 2", () => {
  test.each([
    ["fotos", '2: there is no command "fotos"; albumen --help lists them'],
    ["syn", '2: there is no command "syn"; did you mean sync?; albumen --help lists them'],
    ["album", '2: "album" needs one of create, rule, show, pin, exclude, delete after it'],
    ["album paint", '2: "album" needs one of create, rule, show, pin, exclude, delete after it'],
    ["photos --all", '2: "photos" has no option --all; it has --home, --json, --passphrase-file, --help'],
    ["photos x", '2: "photos" does not take "x": albumen photos'],
    ["merge A", '2: "merge" needs B: albumen merge A B'],
    ["import", '2: "import" needs PATH: albumen import PATH… [--download-models]'],
    ["init", '2: "init" needs --relay URL: albumen init --relay URL [--name N]'],
    ["init --relay", "2: --relay needs a value: --relay URL"],
    ["photos --json=yes", "2: --json takes no value"],
    ["--watch sync", "2: the command comes first: albumen COMMAND … --watch; albumen --help lists the commands"],
    ["--json", "2: a command is missing; albumen --help lists them"],
  ])("%s", (line, reason) => expect(reasonOf(line)).toBe(reason));
});

describe("help", () => {
  test("is what nothing at all asks for", () => expect(read("").ok && reasonOf("")).toBe("understood: help"));
  test("lists every command", () => {
    for (const { name } of commands) expect(generalHelp().join("\n")).toContain(`\n  ${name}`);
  });
  test("of a command needs none of its words", () => expect(reasonOf("album create --help")).toBe("understood: help"));
  test("of a command names all of its options", () => {
    for (const command of commands) {
      const text = commandHelp(command).join("\n");
      for (const option of Object.keys(command.options)) expect(text).toContain(`--${option}`);
    }
  });
});
