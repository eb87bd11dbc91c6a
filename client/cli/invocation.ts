/**
 * From words to a command and its values. Every command takes --home, --json, --passphrase-file and --help; what else it takes
 * stands in its description. A wrong word is refused in one line that names it and says what would be right.
 */
import { parseArgs } from "node:util";
import { ok } from "@albumen/core/primitives/result.ts";
import { type CliResult, wrong } from "./error.ts";

/** An option with a value, whose name in help is `value`, or a switch. */
export interface OptionDescription {
  /** Null for a switch. */
  readonly value: string | null;
  readonly help: string;
  readonly required?: boolean;
}

/** A word that a command takes by its place. */
export interface ParameterDescription {
  readonly name: string;
  readonly optional?: boolean;
  /** Takes all that follow; only for the last one. */
  readonly many?: boolean;
}

/** What a command takes. */
export interface CommandDescription {
  /** One or two words. */
  readonly name: string;
  readonly summary: string;
  readonly parameters: readonly ParameterDescription[];
  readonly options: Readonly<Record<string, OptionDescription>>;
  /** Lines that help adds at its end. */
  readonly notes?: readonly string[];
}

/** The values of one call. */
export interface Invocation {
  /** By the parameter's name; absent where an optional one was left out. */
  readonly word: (name: string) => string;
  readonly words: (name: string) => readonly string[];
  readonly option: (name: string) => string | null;
  readonly flag: (name: string) => boolean;
}

/** Options of every command. */
export const commonOptions: Readonly<Record<string, OptionDescription>> = {
  home: { value: "DIR", help: "the device's folder; default $ALBUMEN_HOME, else ~/.albumen" },
  json: { value: null, help: "JSON on stdout, one document per line" },
  "passphrase-file": { value: "FILE", help: "answers for the questions for a passphrase, one per line, in their order" },
  help: { value: null, help: "this text" },
};

/** The values that `args`, the words after the command's name, give to `command`. */
export function parseInvocation(command: CommandDescription, args: readonly string[]): CliResult<Invocation> {
  const described = { ...command.options, ...commonOptions };
  const options = Object.fromEntries(
    Object.entries(described).map(([name, { value }]) => [
      name,
      { type: value === null ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const problem = checkOption(command, described[token.name], token);
    if (problem !== null) return wrong(problem);
  }
  const invocation = readValues(command, values, positionals);
  if (invocation.flag("help")) return ok(invocation);
  const missing = Object.entries(command.options).find(
    ([name, { required }]) => required === true && invocation.option(name) === null,
  );
  if (missing !== undefined) return wrong(`"${command.name}" needs --${missing[0]} ${missing[1].value ?? ""}: ${usage(command)}`);
  const surplus = checkCount(command, positionals);
  return surplus === null ? ok(invocation) : wrong(surplus);
}

/** How a command is written. */
export function usage({ name, parameters, options }: CommandDescription): string {
  const places = parameters.map((one) => {
    const text = one.many === true ? `${one.name}…` : one.name;
    return one.optional === true ? `[${text}]` : text;
  });
  const flags = Object.entries(options).map(([option, { value, required }]) => {
    const text = value === null ? `--${option}` : `--${option} ${value}`;
    return required === true ? text : `[${text}]`;
  });
  return ["albumen", name, ...places, ...flags].join(" ");
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function checkOption(command: CommandDescription, known: OptionDescription | undefined, token: OptionToken): string | null {
  if (known === undefined) {
    const names = [...Object.keys(command.options), ...Object.keys(commonOptions)].map((name) => `--${name}`);
    return `"${command.name}" has no option ${token.rawName}; it has ${names.join(", ")}`;
  }
  if (known.value === null && token.value !== undefined) return `${token.rawName} takes no value`;
  if (known.value !== null && (token.value === undefined || token.value === "")) {
    return `${token.rawName} needs a value: ${token.rawName} ${known.value}`;
  }
  return null;
}

function checkCount(command: CommandDescription, positionals: readonly string[]): string | null {
  const { parameters, name } = command;
  const needed = parameters.filter(({ optional }) => optional !== true).length;
  if (positionals.length < needed) return `"${name}" needs ${parameters[positionals.length]?.name}: ${usage(command)}`;
  if (parameters.some(({ many }) => many === true) || positionals.length <= parameters.length) return null;
  return `"${name}" does not take "${positionals[parameters.length]}": ${usage(command)}`;
}

function readValues(
  { parameters }: CommandDescription,
  values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>,
  positionals: readonly string[],
): Invocation {
  const placeOf = (name: string): number => parameters.findIndex((parameter) => parameter.name === name);
  return {
    word: (name) => positionals[placeOf(name)] ?? "",
    words: (name) => positionals.slice(placeOf(name)),
    option: (name) => {
      const value = values[name];
      return typeof value === "string" ? value : null;
    },
    flag: (name) => values[name] === true,
  };
}
