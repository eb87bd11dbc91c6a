/** Help texts, made from the table of commands. */
import { commandGroups, commands } from "./commands.ts";
import { type CommandDescription, commonOptions, usage } from "./invocation.ts";
import { formatTable } from "./text/table.ts";

/** `albumen --help`. */
export function generalHelp(): string[] {
  const rows = indented(commands.map((command) => [usage(bare(command)).replace(/^albumen /, ""), command.summary]));
  const lines = commandGroups.flatMap((group) => {
    const first = commands.findIndex(({ name }) => name === group.commands[0]?.name);
    return ["", `${group.title}:`, ...rows.slice(first, first + group.commands.length)];
  });
  return [
    "Albumen: albums of the people you love that fill themselves on every device, end-to-end encrypted.",
    "",
    "  albumen COMMAND … [--home DIR] [--json] [--passphrase-file FILE]",
    ...lines,
    "",
    "Photos are named by file or by the beginning of their id, faces as FILE#1, people and albums by name or id.",
    "albumen COMMAND --help says more. Exit codes: 0 done, 1 failed, 2 wrongly asked.",
  ];
}

/** `albumen COMMAND --help`. */
export function commandHelp(command: CommandDescription): string[] {
  const options = Object.entries({ ...command.options, ...commonOptions }).map(([name, { value, help }]) => [
    `--${name}${value === null ? "" : ` ${value}`}`,
    help,
  ]);
  const notes = command.notes ?? [];
  return [usage(command), `  ${command.summary}`, ...(notes.length > 0 ? ["", ...notes] : []), "", ...indented(options)];
}

/** A command without its optional options, which the general help leaves to the command's own. */
function bare(command: CommandDescription): CommandDescription {
  const required = Object.entries(command.options).filter(([, option]) => option.required === true);
  return { ...command, options: Object.fromEntries(required) };
}

function indented(rows: readonly (readonly string[])[]): string[] {
  const [, ...lines] = formatTable([{ title: "" }, { title: "" }], rows);
  return lines.map((line) => `  ${line}`);
}
