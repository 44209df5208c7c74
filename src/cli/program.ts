import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { oppositeOf, rowOf, SETTING_NAMES } from '../config/table.ts';
import { createScrub } from '../text/scrub.ts';
import { parseDuration } from '../text/units.ts';
import { VERSION } from '../version.ts';
import { COMMANDS, type CommandName } from './commands.ts';
import { EXAMPLES } from './examples.ts';
import { type Given, UsageError } from './given.ts';
import type { Io } from './io.ts';

/** A key on the command line is seen by every user of the machine. */
const SECRET_FLAG = /^--(?:[a-z]+-)*(?:key|token|secret|password)(?:=|$)/;
const KEY_FLAGS_THAT_ARE_FINE = /^--key-(?:file|header)(?:=|$)/;

/** The whole command line as a function of its arguments; it resolves to the exit code. */
export function buildProgram(io: Io): (args: readonly string[]) => Promise<number> {
  let exit = 0;
  const program = new Command('watchtower');
  program
    .description('Watches a LiteLLM proxy: what is wrong, since when, who is hit and what to type next.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .allowExcessArguments(true)
    .option('--once', 'one look, printed')
    .addOption(formatOption())
    .option('--json', 'the same as --format json')
    .showHelpAfterError(false)
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', EXAMPLES);
  for (const option of settingOptions()) program.addOption(option);
  const output = prepare(program, io);

  const act = (name: CommandName) =>
    async function (this: Command): Promise<void> {
      exit = await COMMANDS[name]({ ...split(program, this), words: [...this.args] }, io);
    };
  program.action(act('watch'));
  const add = (usage: string, name: CommandName, description: string): Command => {
    const command = program
      .command(usage)
      .description(description)
      .helpOption('-h, --help', 'print this help')
      .action(act(name));
    prepare(command, io, output);
    return command;
  };
  add('monitor', 'monitor', 'lines for ever: a status block each interval, a line at each change').option(
    '--for <D>',
    'end by itself after this long',
    durationOption,
  );
  addLogs(add('logs', 'logs', 'the log monitor alone: needs no gateway'));
  add('explain [text...]', 'explain', 'say what an error text means and what to do; reads standard input without TEXT')
    .option('--jsonl', 'standard input holds one JSON object a line')
    .addOption(new Option('--source <where>', 'where the text came from').choices(['health', 'chat', 'log', 'system']))
    .option('--status <n>', 'the HTTP status that the caller saw', statusOption);
  add('doctor', 'doctor', 'what can be seen, what cannot, and why');
  add('config [what]', 'config', 'every setting in force and where it came from; paths, check');
  add('demo', 'demo', 'the dashboard on a simulated gateway with scripted incidents')
    .option('--story <name>', 'which story', 'empty-wallet')
    .option('--list', 'name the stories')
    .option('--serve <port>', 'only serve the gateway, until Ctrl-C', portOption);
  add('completion <shell>', 'completion', 'shell completion for bash, zsh or fish');

  return async (args) => {
    refuseSecrets(args);
    try {
      await program.parseAsync([...args], { from: 'user' });
    } catch (error) {
      await output.done();
      if (error instanceof CommanderError) {
        if (error.exitCode === 0) return 0;
        throw new UsageError(`watchtower: ${clean(error.message)} (see watchtower --help)`);
      }
      throw error;
    }
    await output.done();
    return exit;
  };
}

/** A word of the user's that is quoted back is text from outside. */
function clean(message: string): string {
  return createScrub([])(message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' '));
}

interface Output {
  done(): Promise<void>;
}

/** Help and version go to standard output; errors are thrown, not printed, and never end the process by themselves. */
function prepare(
  command: Command,
  io: Io,
  known?: Output & { print(text: string): void },
): Output & { print(text: string): void } {
  let printing = Promise.resolve();
  const output = known ?? {
    print(text: string) {
      printing = printing.then(() => io.out(text));
    },
    done: () => printing,
  };
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => output.print(text),
    writeErr: () => {},
    outputError: () => {},
    getOutHelpWidth: () => io.columns,
  });
  return output;
}

function refuseSecrets(args: readonly string[]): void {
  const end = args.indexOf('--');
  const found = (end < 0 ? args : args.slice(0, end)).find(
    (arg) => SECRET_FLAG.test(arg) && !KEY_FLAGS_THAT_ARE_FINE.test(arg),
  );
  if (found === undefined) return;
  const name = found.split('=')[0];
  throw new UsageError(
    `watchtower: ${name} is refused: arguments are public. Put the key into LITELLM_MASTER_KEY, .env or --key-file FILE`,
  );
}

function formatOption(): Option {
  return new Option('--format <format>', 'text or json').default('text');
}

/** Every setting as an option, and hidden beside each switch its contrary, so that a flag can overrule a file. */
function settingOptions(): Option[] {
  return SETTING_NAMES.flatMap((name) => {
    const row = rowOf(name);
    if (row.placeholder === null) {
      return [new Option(`--${name}`, row.help), new Option(`--${oppositeOf(name)}`, `not --${name}`).hideHelp()];
    }
    const option = new Option(`--${name} <${row.placeholder}>`, `${row.help} (${row.standard})`);
    return [
      row.repeats
        ? option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value])
        : option,
    ];
  });
}

const camel = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Settings apart from what belongs to the command, wherever on the line they stood. */
function split(program: Command, command: Command): Omit<Given, 'words'> {
  const all: Record<string, unknown> = command === program ? program.opts() : { ...program.opts(), ...command.opts() };
  const flags: Given['flags'] = {};
  const own = { ...all };
  for (const name of SETTING_NAMES) {
    const isSwitch = rowOf(name).placeholder === null;
    const key = camel(isSwitch ? name.replace(/^no-/, '') : name);
    const value = all[key];
    delete own[key];
    if (value === undefined) continue;
    if (isSwitch) flags[value === name.startsWith('no-') ? oppositeOf(name) : name] = true;
    else flags[name] = value as string | string[];
  }
  return { flags, own };
}

function durationOption(value: string): number {
  const ms = parseDuration(value);
  if (ms === null || ms <= 0)
    throw new InvalidArgumentError('It takes a duration such as 500ms, 30s, 2m, 1h or 7d (a bare number is seconds).');
  return ms;
}

function statusOption(value: string): number {
  if (!/^[1-5]\d\d$/.test(value)) throw new InvalidArgumentError('It takes an HTTP status, 100 to 599.');
  return Number(value);
}

function portOption(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
    throw new InvalidArgumentError('It takes a port, 0 to 65535; 0 picks a free one.');
  return Number(value);
}

function addLogs(command: Command): void {
  command
    .option('--file <path>', 'a log file; repeatable', (value: string, before: string[] | undefined) => [
      ...(before ?? []),
      value,
    ])
    .option('--stdin', 'read standard input')
    .option('-f, --follow', 'go on for ever')
    .option('--since <D>', 'only what is no older', durationOption)
    .option('--all', 'every line, not only events')
    .addOption(new Option('--level <level>', 'this level and worse').choices(['debug', 'info', 'warn', 'error']))
    .option('--class <names>', 'only these classes, separated by commas')
    .option('--grep <re>', 'only what matches (RE2 syntax)');
}
