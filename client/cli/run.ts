/** From the words of a command line to an exit code. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { Command } from "./command.ts";
import { commands } from "./commands.ts";
import { type CliResult, wrong } from "./error.ts";
import { commandHelp, generalHelp } from "./help.ts";
import type { Host } from "./host.ts";
import { type Invocation, parseInvocation } from "./invocation.ts";

/** What the words mean: a command with its values, or lines to print. */
export type Request =
  | { readonly kind: "command"; readonly command: Command; readonly invocation: Invocation }
  | { readonly kind: "help"; readonly lines: readonly string[] };

/** Reads the words, of which the options of every command may also stand before it; a refusal is one line. */
export function readRequest(words: readonly string[]): CliResult<Request> {
  const [leading, following] = splitLeadingOptions(words);
  const [first] = following;
  if (first === undefined && leading.length > 0) return wrong("a command is missing; albumen --help lists them");
  if (first === undefined || first === "--help" || first === "-h" || first === "help")
    return ok({ kind: "help", lines: generalHelp() });
  const found = findCommand(following);
  if (!found.ok) return found;
  const { command, rest } = found.value;
  const invocation = parseInvocation(command, [...leading, ...rest]);
  if (!invocation.ok) return invocation;
  if (invocation.value.flag("help")) return ok({ kind: "help", lines: commandHelp(command) });
  return ok({ kind: "command", command, invocation: invocation.value });
}

/** Does what `words` ask for; its exit code. The host is made once it is known what is asked. */
export async function runCli(
  words: readonly string[],
  createHost: (invocation: Invocation) => CliResult<Host>,
  output: { readonly line: (text: string) => void; readonly problem: (text: string) => void },
): Promise<0 | 1 | 2> {
  const request = readRequest(words);
  if (!request.ok) {
    output.problem(request.error.reason);
    return request.error.code;
  }
  if (request.value.kind === "help") {
    for (const line of request.value.lines) output.line(line);
    return 0;
  }
  const { command, invocation } = request.value;
  const host = createHost(invocation);
  const done = host.ok ? await (await command.load())(invocation, host.value) : host;
  if (done.ok) return 0;
  output.problem(done.error.reason);
  return done.error.code;
}

function findCommand(words: readonly string[]): CliResult<{ readonly command: Command; readonly rest: readonly string[] }> {
  const [first = "", second = ""] = words;
  const two = commands.find(({ name }) => name === `${first} ${second}`);
  if (two !== undefined) return ok({ command: two, rest: words.slice(2) });
  const one = commands.find(({ name }) => name === first);
  if (one !== undefined) return ok({ command: one, rest: words.slice(1) });
  const family = commands.flatMap(({ name }) => (name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : []));
  if (family.length > 0) return wrong(`"${first}" needs one of ${family.join(", ")} after it`);
  if (first.startsWith("-"))
    return wrong(`the command comes first: albumen COMMAND … ${first}; albumen --help lists the commands`);
  return wrong(`there is no command "${first}"${nearest(first)}; albumen --help lists them`);
}

/** The options of every command that stand before it, and what follows them. */
function splitLeadingOptions(words: readonly string[]): readonly [readonly string[], readonly string[]] {
  let at = 0;
  while (words[at] === "--json" || words[at] === "--home" || words[at] === "--passphrase-file")
    at += words[at] === "--json" ? 1 : 2;
  return [words.slice(0, at), words.slice(at)];
}

/** A command that begins alike. */
function nearest(word: string): string {
  const alike = commands.filter(({ name }) => name.startsWith(word.slice(0, 2)));
  return alike.length > 0 && word.length > 1 ? `; did you mean ${alike.map(({ name }) => name).join(", ")}?` : "";
}
