import { parseArgs } from "node:util";

/** One option of a command. `value` names what follows it; without, the option is a switch. */
export interface Option {
  help: string;
  value?: string;
  required?: boolean;
  /** May be given several times. */
  many?: boolean;
}

type Options = Record<string, Option>;

type ValueOf<O extends Option> = O extends { value: string }
  ? O extends { many: true }
    ? string[]
    : O extends { required: true }
      ? string
      : string | undefined
  : boolean;

export type Values<O extends Options> = { [Name in keyof O]: ValueOf<O[Name]> };

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  usage: string;
  help: string;
  run(args: string[]): Promise<void>;
}

interface CommandConfig<O extends Options> {
  name: string;
  summary: string;
  /** What comes after the name besides options, e.g. `FILE.csv`; each is required. */
  operands?: string[];
  options: O;
  /** Paragraphs and examples after the list of options. */
  more?: string;
  run(values: Values<O>, operands: string[]): Promise<void>;
}

/** The command line was not understood: exit code 2, with the usage line. */
export class UsageError extends Error {
  readonly usage: string;
  constructor(sentence: string, usage: string) {
    super(sentence);
    this.usage = usage;
  }
}

/** A command whose arguments are read by its description, which is also its help. */
export function command<const O extends Options>(config: CommandConfig<O>): Command {
  const { name, summary, operands = [], options, more } = config;
  const required = Object.entries(options).filter(([, option]) => option.required);
  const words = ["nines", name, ...operands, ...required.map(([each, { value }]) => `--${each} ${value}`)];
  if (Object.keys(options).length > required.length) words.push("[options]");
  const usage = `Usage: ${words.join(" ")}`;
  const help = [summary, "", usage, ...optionLines(options), ...(more ? ["", more] : [])].join("\n");
  return {
    name,
    summary,
    usage,
    help,
    async run(args) {
      const { values, positionals } = read(args, options, usage);
      if (values.help) {
        process.stdout.write(`${help}\n`);
        return;
      }
      if (positionals.length !== operands.length)
        throw new UsageError(countSentence(operands, positionals), usage);
      for (const [each] of required)
        if (values[each] === undefined || values[each] === "")
          throw new UsageError(`--${each} is missing.`, usage);
      await config.run(values as Values<O>, positionals);
    },
  };
}

function read(args: string[], options: Options, usage: string) {
  const described = Object.entries(options).map(
    ([name, { value, many = false }]) =>
      [name, { type: value ? ("string" as const) : ("boolean" as const), multiple: many }] as const,
  );
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ...Object.fromEntries(described), help: { type: "boolean", short: "h" } },
    });
    const absent = Object.entries(options).map(([name, { value, many }]) => [
      name,
      many ? [] : value ? undefined : false,
    ]);
    return { values: { ...Object.fromEntries(absent), ...values } as Record<string, unknown>, positionals };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith("ERR_PARSE_ARGS")) throw error;
    throw new UsageError(message.split(". To specify")[0]!.replace(/\.?$/, "."), usage);
  }
}

function countSentence(operands: string[], given: string[]): string {
  if (given.length < operands.length) return `${operands[given.length]} is missing.`;
  return `"${given[operands.length]}" is one word too many; put words with spaces in quotes.`;
}

function optionLines(options: Options): string[] {
  const all: [string, Option][] = [...Object.entries(options), ["help", { help: "Show this." }]];
  const names = all.map(([name, { value }]) => `  --${name}${value ? ` ${value}` : ""}`);
  const width = Math.max(...names.map((each) => each.length)) + 2;
  return ["", "Options:", ...all.map(([, { help }], at) => names[at]!.padEnd(width) + help)];
}
