import type { SafeText } from '../text/safe-text.ts';
import { type Gathered, gather } from './gather.ts';
import { findKey } from './key.ts';
import { absolutePath } from './paths.ts';
import type { Secret } from './secret.ts';
import type { Settings } from './settings.ts';
import type { Given, Layer } from './sources.ts';
import { isSetting, rowOf, SETTING_NAMES, type SETTINGS, type SettingName } from './table.ts';
import type { ConfigDeps, FileReport, ResolveInput } from './types.ts';
import { composeUrl, nameOfUrl, normaliseUrl, showUrl } from './url.ts';
import type { Parsed } from './values.ts';

/** Where a value came from: `flag --port`, `.env line 3, WATCHTOWER_PORT`, `default`. */
type Origins = Record<SettingName, SafeText>;

export type Resolved =
  | { ok: true; settings: Settings; key: Secret | null; origins: Origins; warnings: SafeText[]; files: FileReport[] }
  | { ok: false; errors: SafeText[]; warnings: SafeText[] };

/**
 * Settings from flags, environment, config file and `.env`, in this order of precedence, each value with its origin. Errors
 * are one line each: the option, the value, what is allowed and where it came from; no text holds a secret.
 */
export async function resolveSettings(input: ResolveInput, deps: ConfigDeps): Promise<Resolved> {
  const gathered = await gather(input, deps);
  const warnings = [...gathered.warnings];
  const errors = [...gathered.errors];
  const read = createReader(gathered.layers, deps, errors);
  const settings = build(read, gathered, errors);
  const key = keyOf(read, gathered, deps);
  if (key.ok) warnings.push(...key.warnings);
  else errors.push(key.error);
  const clean = (texts: readonly string[]): SafeText[] => texts.map((text) => deps.scrub(text.replaceAll('\n', ' ')));
  if (errors.length > 0 || settings === null || !key.ok) {
    return { ok: false, errors: clean([...new Set(errors)]), warnings: clean(warnings) };
  }
  settings.keyFrom = key.from === null ? null : deps.scrub(key.from);
  return {
    ok: true,
    settings,
    key: key.key,
    origins: read.origins(),
    warnings: clean(warnings),
    files: gathered.files,
  };
}

type ValueOf<N extends SettingName> = ReturnType<(typeof SETTINGS)[N]['parse']> extends Parsed<infer T> ? T : never;

interface Reader {
  /** The winning value, or null where no source has one or it is bad (the error is kept). */
  one<N extends SettingName>(name: N): ValueOf<N> | null;
  many(name: SettingName): string[];
  /** Who won. */
  given(name: SettingName): Given | null;
  rank(name: SettingName): number;
  origins(): Origins;
}

function createReader(layers: readonly Layer[], deps: ConfigDeps, errors: string[]): Reader {
  const rank = (name: SettingName): number => layers.findIndex((layer) => layer.has(name));
  const given = (name: SettingName): Given | null => layers[rank(name)]?.get(name) ?? null;
  const values = (name: SettingName): unknown[] => {
    const won = given(name);
    if (won === null) return [];
    return won.raw.flatMap((raw) => {
      const parsed = rowOf(name).parse(raw);
      if (!parsed.ok) {
        errors.push(badValue(name, raw, parsed.allowed, won.from));
        return [];
      }
      if (typeof parsed.value === 'boolean') return [parsed.value !== won.inverted];
      return [rowOf(name).isPath ? absolutePath(parsed.value as string, won.base, deps.home) : parsed.value];
    });
  };
  return {
    one: <N extends SettingName>(name: N) => (values(name).at(-1) ?? null) as ValueOf<N> | null,
    many: (name) => values(name) as string[],
    given,
    rank,
    origins: () =>
      Object.fromEntries(SETTING_NAMES.map((name) => [name, deps.scrub(given(name)?.from ?? 'default')])) as Origins,
  };
}

/** One line, whatever was given: `--port "abc": a port from 1 to 65535 (from flag --port)`. */
function badValue(name: SettingName, raw: string, allowed: string, from: string): string {
  const shown = name === 'url' || name === 'host' ? showUrl(raw) : raw;
  const short = shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
  return `--${name} ${JSON.stringify(short)}: must be ${allowed} (from ${from})`;
}

function build(read: Reader, { places, content }: Gathered, errors: string[]): Settings | null {
  const url = urlOf(read, errors);
  const settings = {
    keyHeader: read.one('key-header') ?? 'Authorization',
    keyFrom: null,
    intervalMs: read.one('interval') ?? 30_000,
    chatIntervalMs: read.one('chat-interval') ?? 120_000,
    chatModel: read.one('chat-model'),
    paidProbes: !(read.one('no-paid-probes') ?? false),
    budgetUsd: read.one('budget') ?? 0.1,
    pid: read.one('pid'),
    logFiles: read.many('log-file'),
    journal: read.one('journal'),
    container: read.one('container'),
    stateDir: stateDirOf(read, places.stateDir),
    timeoutMs: read.one('timeout') ?? 20_000,
    failOn: read.one('fail-on') ?? ('warn' as const),
    waitOkMs: read.one('wait-ok'),
    strict: read.one('strict') ?? false,
    color: read.one('color') ?? ('auto' as const),
    ascii: read.one('ascii') ?? false,
    accessible: read.one('accessible') ?? false,
    demo: false,
    rules: [...content.rules],
    ignore: [...content.ignore],
  };
  const name = read.one('name');
  return url === null ? null : { url, name: name ?? nameOfUrl(url), ...settings };
}

/** Host and port change what a weaker source says of the address; beside it in the same source they contradict it. */
function urlOf(read: Reader, errors: string[]): string | null {
  const parts = (['host', 'port'] as const).filter((name) => read.given(name) !== null);
  const address = read.given('url');
  const stronger = parts.filter((name) => address === null || read.rank(name) < read.rank('url'));
  const beside = parts.find((name) => address !== null && read.rank(name) === read.rank('url'));
  if (beside !== undefined) {
    errors.push(`--url and --${beside} contradict each other: give one of them (from ${address?.from})`);
    return null;
  }
  let base: string | null = null;
  if (address !== null) {
    const raw = read.one('url') ?? '';
    const parsed = normaliseUrl(raw);
    if (!parsed.ok) {
      if (raw !== '') errors.push(badValue('url', raw, parsed.allowed, address.from));
      return null;
    }
    base = parsed.value;
  }
  const host = stronger.includes('host') ? read.one('host') : null;
  const port = stronger.includes('port') ? read.one('port') : null;
  const composed = composeUrl(base, host, port);
  if (composed.ok) return composed.value;
  errors.push(badValue('host', host ?? '', composed.allowed, read.given('host')?.from ?? 'default'));
  return null;
}

/** `--no-state` and `--state-dir` answer the same question: the stronger source decides, and in one source the former. */
function stateDirOf(read: Reader, standard: string | null): string | null {
  const none = read.one('no-state') === true;
  const folder = read.one('state-dir');
  if (folder !== null && (!none || read.rank('state-dir') < read.rank('no-state'))) return folder;
  return none ? null : standard;
}

function keyOf(read: Reader, { dotenv, dotenvPath }: Gathered, deps: ConfigDeps): ReturnType<typeof findKey> {
  const given = read.given('key-file');
  const path = given === null ? null : read.one('key-file');
  const keyFile = given === null || path === null ? null : { given, path };
  return findKey({ env: deps.env, dotenv, dotenvPath, keyFile, readFile: deps.readFile });
}

/** Bad values that a stronger source hides: `config check` tells of them too. */
export async function hiddenErrors(input: ResolveInput, deps: ConfigDeps): Promise<SafeText[]> {
  const { layers } = await gather(input, deps);
  const found = layers.flatMap((layer) =>
    [...layer].flatMap(([name, given]) =>
      given.raw.flatMap((raw) => {
        const parsed = isSetting(name) ? rowOf(name).parse(raw) : null;
        return parsed === null || parsed.ok ? [] : [badValue(name, raw, parsed.allowed, given.from)];
      }),
    ),
  );
  return found.map((text) => deps.scrub(text));
}
