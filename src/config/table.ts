import { duration, integer, matching, money, oneOf, type Parse, path, truth } from './values.ts';

/**
 * One setting: `--name` on the command line, `WATCHTOWER_NAME` in the environment and in `.env`, `name:` in the config file.
 * Help, completion and `watchtower config` are made from this table.
 */
export interface SettingRow<T> {
  parse: Parse<T>;
  /** What stands after the flag in the help; null for a switch. */
  placeholder: string | null;
  help: string;
  /** The default in words. */
  standard: string;
  group: 'gateway' | 'probes' | 'where to look' | 'scripts' | 'output' | 'files';
  /** May be given several times. */
  repeats?: boolean;
  /** Names a file or folder: `~/` is the home, and in the config file it is relative to that. */
  isPath?: boolean;
  /** Only on the command line and in the environment: it says where the rest is read from. */
  notInFiles?: boolean;
  /** Words to complete. */
  choices?: readonly string[];
}

const FLOORS = {
  interval: 'every round asks the gateway for its readiness and its models, and sooner than that would only load it',
  chatInterval: 'every chat probe is a real call that costs real money',
  timeout: 'no gateway answers all questions sooner',
};

const switchRow = (help: string, group: SettingRow<boolean>['group']): SettingRow<boolean> => ({
  parse: truth,
  placeholder: null,
  help,
  standard: 'off',
  group,
});

const FAIL_ON = ['warn', 'crit'] as const;
const COLORS = ['always', 'never', 'auto'] as const;
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;
const PRINTABLE = /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]{0,198}[^\p{C}\p{Z}])?$/u;

export const SETTINGS = {
  url: {
    parse: matching(/^\S{1,2048}$/, 'an address such as http://localhost:4000'),
    placeholder: 'URL',
    help: 'the gateway; a path prefix is kept',
    standard: 'http://localhost:4000',
    group: 'gateway',
  },
  host: {
    parse: matching(/^[^\s/@?#\\]{1,255}$/, 'a host name or address alone; an address with http:// goes to --url'),
    placeholder: 'NAME',
    help: 'its host, instead of --url',
    standard: 'localhost',
    group: 'gateway',
  },
  port: {
    parse: integer(1, 65_535, 'a port'),
    placeholder: 'N',
    help: 'its port, instead of --url',
    standard: '4000',
    group: 'gateway',
  },
  name: {
    parse: matching(PRINTABLE, 'a name of 1 to 200 printable characters'),
    placeholder: 'NAME',
    help: 'what the gateway is called in every output',
    standard: 'host:port',
    group: 'gateway',
  },
  'key-file': {
    parse: path,
    placeholder: 'FILE',
    help: 'a file that holds the key and nothing else',
    standard: 'none',
    group: 'gateway',
    isPath: true,
  },
  'key-header': {
    parse: matching(TOKEN, 'the name of an HTTP header'),
    placeholder: 'NAME',
    help: 'where the gateway sets litellm_key_header_name',
    standard: 'Authorization',
    group: 'gateway',
  },
  interval: {
    parse: duration(5_000, FLOORS.interval),
    placeholder: 'D',
    help: "how often the gateway's health is judged",
    standard: '30s',
    group: 'probes',
  },
  'chat-interval': {
    parse: duration(30_000, FLOORS.chatInterval),
    placeholder: 'D',
    help: 'how often a chat completion is tried',
    standard: '2m',
    group: 'probes',
  },
  'chat-model': {
    parse: matching(PRINTABLE, 'the name of a model as callers use it'),
    placeholder: 'MODEL',
    help: 'the model that is tried',
    standard: 'the cheapest with a price',
    group: 'probes',
  },
  'no-paid-probes': switchRow('never call anything that costs money', 'probes'),
  budget: {
    parse: money(10_000),
    placeholder: 'USD',
    help: 'what probes may cost a day',
    standard: '0.10',
    group: 'probes',
  },
  pid: {
    // Linux: PID_MAX_LIMIT.
    parse: integer(1, 4_194_304, 'a process id'),
    placeholder: 'N',
    help: "the gateway's process",
    standard: 'discovered',
    group: 'where to look',
  },
  'log-file': {
    parse: path,
    placeholder: 'FILE',
    help: 'a log of the gateway; repeatable',
    standard: 'discovered',
    group: 'where to look',
    repeats: true,
    isPath: true,
  },
  journal: {
    // A name that begins with a dash would be an option of journalctl.
    parse: matching(/^[A-Za-z0-9:_.@\\][A-Za-z0-9:_.@\\-]{0,255}$/, 'the name of a systemd unit'),
    placeholder: 'UNIT',
    help: 'the systemd unit that logs for it',
    standard: 'discovered',
    group: 'where to look',
  },
  container: {
    parse: matching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/, 'the name or id of a container'),
    placeholder: 'NAME',
    help: 'the container it runs in',
    standard: 'discovered',
    group: 'where to look',
  },
  timeout: {
    parse: duration(100, FLOORS.timeout),
    placeholder: 'D',
    help: 'the whole of --once',
    standard: '20s',
    group: 'scripts',
  },
  'fail-on': {
    parse: oneOf(...FAIL_ON),
    placeholder: 'warn|crit',
    help: 'crit: a warning exits 0',
    standard: 'warn',
    group: 'scripts',
    choices: FAIL_ON,
  },
  'wait-ok': {
    parse: duration(0),
    placeholder: 'D',
    help: 'look again until all is well, for at most so long',
    standard: 'off',
    group: 'scripts',
  },
  strict: switchRow('acknowledged and silenced incidents set the exit code too', 'scripts'),
  color: {
    parse: oneOf(...COLORS),
    placeholder: 'always|never|auto',
    help: 'beats NO_COLOR',
    standard: 'auto',
    group: 'output',
    choices: COLORS,
  },
  ascii: switchRow('nothing but ASCII in the frames', 'output'),
  accessible: switchRow('for screen readers: plain lines, and only what changes', 'output'),
  'state-dir': {
    parse: path,
    placeholder: 'DIR',
    help: 'where it remembers what was spent and seen',
    standard: 'XDG state',
    group: 'files',
    isPath: true,
  },
  'no-state': switchRow('remember nothing', 'files'),
  'env-file': {
    parse: path,
    placeholder: 'FILE',
    help: 'instead of ./.env',
    standard: './.env',
    group: 'files',
    isPath: true,
  },
  config: {
    parse: path,
    placeholder: 'FILE',
    help: 'settings in YAML',
    standard: 'XDG config',
    group: 'files',
    isPath: true,
    notInFiles: true,
  },
} as const satisfies Record<string, SettingRow<unknown>>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The row as its general type, for what treats all alike. */
export function rowOf(name: SettingName): SettingRow<unknown> {
  return SETTINGS[name];
}

export function isSetting(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/** `chat-interval` is `WATCHTOWER_CHAT_INTERVAL`. */
export function variableOf(name: string): string {
  return `WATCHTOWER_${name.replaceAll('-', '_').toUpperCase()}`;
}

/** The name that says the contrary of a switch: a flag can so overrule a file. */
export function oppositeOf(name: string): string {
  return name.startsWith('no-') ? name.slice('no-'.length) : `no-${name}`;
}
