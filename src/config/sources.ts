import { dirname } from 'node:path';
import type { DotenvEntry } from './dotenv.ts';
import type { FileContent } from './file-schema.ts';
import { nearest } from './nearest.ts';
import { isSetting, oppositeOf, rowOf, SETTING_NAMES, type SettingName, variableOf } from './table.ts';

type LayerKind = 'flag' | 'environment' | 'file' | '.env';

/** One value as it was given, before it is understood. */
export interface Given {
  raw: readonly string[];
  /** In words: `flag --port`, `environment, WATCHTOWER_PORT`, `/path line 3`, `.env line 3, WATCHTOWER_PORT`. */
  from: string;
  kind: LayerKind;
  /** The folder that relative paths start from. */
  base: string;
  /** True where the contrary of a switch was said. */
  inverted: boolean;
}

/** What one source says, by setting. */
export type Layer = ReadonlyMap<SettingName, Given>;

export type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Keys are names of settings or their opposites; `true` is a switch that was given. */
export function flagLayer(flags: Flags, cwd: string): Layer {
  const layer = new Map<SettingName, Given>();
  for (const [name, value] of Object.entries(flags)) {
    const setting = settingOf(name);
    if (value === undefined || setting === null) continue;
    const raw = typeof value === 'object' ? value : [String(value)];
    layer.set(setting.name, { raw, from: `flag --${name}`, kind: 'flag', base: cwd, inverted: setting.inverted });
  }
  return layer;
}

/** The `WATCHTOWER_` variables; those that are empty count as not set. */
export function environmentLayer(env: Environment, cwd: string): { layer: Layer; warnings: string[] } {
  const layer = new Map<SettingName, Given>();
  const warnings: string[] = [];
  for (const [name, variable] of variables()) {
    const value = env[variable];
    if (value === undefined || value === '') continue;
    if (value.startsWith('tcp://') && name === 'port') {
      warnings.push(`${variable} is what Kubernetes sets for a service named watchtower: not used`);
      continue;
    }
    put(layer, name, value, `environment, ${variable}`, 'environment', cwd);
  }
  return { layer, warnings: [...warnings, ...misspelt(env)] };
}

/** The same variables in `.env`. */
export function dotenvLayer(entries: readonly DotenvEntry[], shownPath: string, cwd: string): Layer {
  const layer = new Map<SettingName, Given>();
  for (const [name, variable] of variables()) {
    // Where the files are cannot be said inside one of them.
    if (name === 'config' || name === 'env-file') continue;
    const entry = entries.find((candidate) => candidate.name === variable);
    if (!entry?.value) continue;
    put(layer, name, entry.value, `${shownPath} line ${entry.line}, ${variable}`, '.env', cwd);
  }
  return layer;
}

export function fileLayer(content: FileContent, path: string): Layer {
  const layer = new Map<SettingName, Given>();
  for (const { name, raw, line } of content.values) {
    const setting = settingOf(name);
    if (setting === null) continue;
    const from = `${path} line ${line}`;
    layer.set(setting.name, { raw, from, kind: 'file', base: dirname(path), inverted: setting.inverted });
  }
  return layer;
}

/** A switch may be named by its contrary: `--paid-probes` takes back `no-paid-probes` of the file. */
function settingOf(name: string): { name: SettingName; inverted: boolean } | null {
  if (isSetting(name)) return { name, inverted: false };
  const opposite = oppositeOf(name);
  return isSetting(opposite) && rowOf(opposite).placeholder === null ? { name: opposite, inverted: true } : null;
}

/** Contraries first, so that the name itself wins where both are set. */
function variables(): [name: string, variable: string][] {
  const switches = SETTING_NAMES.filter((name) => rowOf(name).placeholder === null).map(oppositeOf);
  return [...switches, ...SETTING_NAMES].map((name) => [name, variableOf(name)]);
}

function put(layer: Map<SettingName, Given>, name: string, value: string, from: string, kind: LayerKind, base: string) {
  const setting = settingOf(name);
  if (setting === null) return;
  // Several paths in one variable are parted as in PATH.
  const raw = rowOf(setting.name).repeats === true ? value.split(':').filter((part) => part !== '') : [value];
  layer.set(setting.name, { raw, from, kind, base, inverted: setting.inverted });
}

function misspelt(env: Environment): string[] {
  const known = variables().map(([, variable]) => variable);
  const names = known.map((variable) => variable.slice('WATCHTOWER_'.length));
  return Object.keys(env).flatMap((variable) => {
    if (!variable.startsWith('WATCHTOWER_') || known.includes(variable) || variable === 'WATCHTOWER_KEY') return [];
    const near = nearest(variable.slice('WATCHTOWER_'.length), names);
    return near === null ? [] : [`${variable} is no setting; did you mean WATCHTOWER_${near}?`];
  });
}
