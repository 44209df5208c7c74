import type { DotenvEntry } from './dotenv.ts';
import { Secret } from './secret.ts';
import type { ReadSmallFile } from './small-file.ts';
import type { Given } from './sources.ts';

/** The variables that may hold the key, the most explicit first. */
const KEY_VARIABLES = ['WATCHTOWER_KEY', 'LITELLM_MASTER_KEY', 'LITELLM_API_KEY'] as const;

const MAX_KEY_CHARS = 4096;
const BYTE_ORDER_MARK = '\ufeff';

export interface KeySources {
  env: Readonly<Record<string, string | undefined>>;
  dotenv: readonly DotenvEntry[];
  /** `.env`, or the path of `--env-file`. */
  dotenvPath: string;
  /** The `key-file` in force, its path absolute; null without one. */
  keyFile: { given: Given; path: string } | null;
  readFile: ReadSmallFile;
}

export type FoundKey =
  | { ok: true; key: Secret | null; from: string | null; warnings: string[] }
  | { ok: false; error: string };

interface Candidate {
  value: string;
  from: string;
  warning?: string;
}

/**
 * The key, from the first source that has one: `--key-file`, the environment, `key-file` of the config file, `.env`. Within
 * one source the variables beat the file. A key that no HTTP header can carry is an error that shows nothing of it.
 */
export function findKey(sources: KeySources): FoundKey {
  const { keyFile } = sources;
  const file = (kind: Given['kind']) =>
    keyFile?.given.kind === kind ? [() => readKeyFile(keyFile.path, sources)] : [];
  const steps: (() => Candidate | { error: string } | null)[] = [
    ...file('flag'),
    () => fromEnvironment(sources.env),
    ...file('environment'),
    ...file('file'),
    () => fromDotenv(sources),
    ...file('.env'),
  ];
  for (const step of steps) {
    const found = step();
    if (found === null) continue;
    if ('error' in found) return { ok: false, error: found.error };
    const wrong = malformed(found.value);
    if (wrong !== null) return { ok: false, error: `the key from ${found.from} ${wrong}` };
    const warnings = found.warning === undefined ? [] : [found.warning];
    return { ok: true, key: new Secret(found.value), from: found.from, warnings: [...warnings, ...suspicious(found)] };
  }
  return { ok: true, key: null, from: null, warnings: [] };
}

function fromEnvironment(env: KeySources['env']): Candidate | null {
  for (const variable of KEY_VARIABLES) {
    const value = env[variable];
    if (value !== undefined && value !== '') return { value, from: `environment, ${variable}` };
  }
  return null;
}

function fromDotenv({ dotenv, dotenvPath }: KeySources): Candidate | null {
  for (const variable of KEY_VARIABLES) {
    for (const name of [variable, BYTE_ORDER_MARK + variable]) {
      const entry = dotenv.find((candidate) => candidate.name === name);
      if (!entry?.value) continue;
      const from = `${dotenvPath} line ${entry.line}, ${variable}`;
      if (name === variable) return { value: entry.value, from };
      const warning = `${dotenvPath} begins with a byte-order mark: LiteLLM itself does not see ${variable} there`;
      return { value: entry.value, from, warning };
    }
  }
  return null;
}

function readKeyFile(path: string, { readFile }: KeySources): Candidate | { error: string } {
  const found = readFile(path, 'named');
  if (found.kind === 'missing') return { error: `--key-file: ${path} does not exist` };
  if (found.kind === 'refused') return { error: `--key-file: ${path} ${found.why}` };
  const value = found.text.replace(/^\ufeff/, '').replace(/(?:\r?\n)+$/, '');
  if (value === '') return { error: `--key-file: ${path} is empty` };
  const candidate = { value, from: path };
  // Docker's and Kubernetes' secrets are readable by all within their container.
  const mounted = /^(?:\/var)?\/run\/secrets\//.test(path);
  if (!found.readableByOthers || mounted) return candidate;
  return { ...candidate, warning: `${path} can be read by other users: chmod 600 ${path}` };
}

/** What makes a key impossible to send, without a word of it. */
function malformed(key: string): string | null {
  const hint = 'a key has none (is there a stray quote or a second line?)';
  if (/[\r\n]/.test(key)) return `holds a line break; ${hint}`;
  if (/\s/.test(key)) return `holds a blank; ${hint}`;
  if (/[\x00-\x1f\x7f]/.test(key)) return 'holds a control character; a key has none';
  if (/[^\x21-\x7e]/.test(key))
    return 'holds a character outside ASCII; a key has none (was it copied from a document?)';
  if (key.length > MAX_KEY_CHARS) return `is longer than ${MAX_KEY_CHARS} characters`;
  return null;
}

function suspicious({ value, from }: Candidate): string[] {
  const quoted = /^(["']).*\1$/.test(value);
  return quoted ? [`the key from ${from} stands in quotes that are part of it`] : [];
}
