import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import * as z from 'zod/mini';
import { nearest } from './nearest.ts';
import type { UserIgnore, UserRule } from './settings.ts';
import { isSetting, oppositeOf, rowOf, SETTING_NAMES } from './table.ts';

/** What a config file says: raw values of settings with their lines, and the rules. */
export interface FileContent {
  values: { name: string; raw: string[]; line: number }[];
  rules: UserRule[];
  ignore: UserIgnore[];
}

/** What is wrong, and where. */
export interface FileError {
  line: number;
  text: string;
}

/** Says what is wrong with a rule's expression or names, or null. */
export type CheckRule = (rule: UserRule | UserIgnore) => string | null;

const SOURCES = ['health', 'chat', 'probe', 'log', 'system'] as const;
const scalar = z.union([z.string(), z.number(), z.boolean()], 'must be a single value');
const optional = <T>(type: z.core.SomeType & z.core.$ZodType<T>) => z._default(z.nullable(type), null);
const match = z.string('must be a text').check(z.minLength(1, 'is empty'), z.maxLength(2_000, 'is longer than 2000'));
const kind = z._default(z.enum(['words', 'regex'], 'must be words or regex'), 'words');
const source = optional(z.enum(SOURCES, `must be one of ${SOURCES.join(', ')}`));

const rule = z.strictObject({
  match,
  kind,
  class: z
    .string('must be a text')
    .check(z.regex(/^[A-Z][A-Z0-9_]{1,31}$/, 'must be capital letters, digits and _, such as CREDITS or MY_CLASS')),
  severity: z._default(z.enum(['info', 'warn', 'crit'], 'must be info, warn or crit'), 'warn'),
  fix: optional(z.string('must be a text').check(z.maxLength(500, 'is longer than 500'))),
  url: optional(z.string('must be a text').check(z.regex(/^https:\/\/[^\s/]+\S*$/, 'must begin with https://'))),
  source,
  priority: z._default(z.enum(['before', 'after'], 'must be before or after'), 'before'),
});
const ignore = z.strictObject({ match, kind, source });

const LISTS = ['rules', 'ignore'];
const FILE_NAMES = SETTING_NAMES.filter((name) => rowOf(name).notInFiles !== true).flatMap((name) =>
  rowOf(name).placeholder === null ? [name, oppositeOf(name)] : [name],
);
const file = z.strictObject({
  ...Object.fromEntries(
    FILE_NAMES.map((name) => {
      const repeats = isSetting(name) && rowOf(name).repeats === true;
      return [name, z.optional(repeats ? z.union([scalar, z.array(scalar)], 'must be a value or a list') : scalar)];
    }),
  ),
  rules: z._default(z.array(rule, 'must be a list of rules'), []),
  ignore: z._default(z.array(ignore, 'must be a list'), []),
});

/** Checks the text of a config file whole. Every error names its line; texts quote names, never values. */
export async function parseConfigFile(
  text: string,
  loadCheckRule: () => Promise<CheckRule>,
): Promise<{ ok: true; content: FileContent } | { ok: false; errors: FileError[] }> {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ''), { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const broken = document.errors[0];
  if (broken !== undefined) return refuse({ line: lineAt(broken.pos[0]), text: broken.message });
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return { ok: true, content: { values: [], rules: [], ignore: [] } };
  if (!isMap(document.contents)) return refuse({ line: 1, text: 'must hold settings, one "name: value" a line' });

  const lineOf = (path: readonly PropertyKey[]): number => lineAt(offsetOf(document.contents as YAMLMap, path));
  const data = plain(document);
  if (data === null) return refuse({ line: 1, text: 'holds too many aliases' });
  const checked = file.safeParse(data);
  if (!checked.success) return { ok: false, errors: checked.error.issues.flatMap((issue) => errorsOf(issue, lineOf)) };

  const { rules, ignore: ignored, ...settings } = checked.data as Settled;
  const checkRule: CheckRule = rules.length + ignored.length > 0 ? await loadCheckRule() : () => null;
  const errors = [
    ...complaints('rules', rules, checkRule, lineOf),
    ...complaints('ignore', ignored, checkRule, lineOf),
  ];
  if (errors.length > 0) return { ok: false, errors };
  const values = Object.entries(settings).map(([name, value]) => ({
    name,
    raw: (Array.isArray(value) ? value : [value]).map(String),
    line: lineOf([name]),
  }));
  return { ok: true, content: { values, rules, ignore: ignored } };
}

type Scalar = string | number | boolean;
type Settled = { rules: UserRule[]; ignore: UserIgnore[] } & { [name: string]: Scalar | Scalar[] };

function refuse(error: FileError): { ok: false; errors: FileError[] } {
  return { ok: false, errors: [error] };
}

function plain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch {
    // The yaml library's guard against a few lines that unfold to gigabytes.
    return null;
  }
}

/** Where the key of a path stands; where it has none, what holds it. */
function offsetOf(root: YAMLMap, path: readonly PropertyKey[]): number {
  let found = root.range?.[0] ?? 0;
  let node: unknown = root;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      if (isScalar(pair.key) && pair.key.range) found = pair.key.range[0];
      node = pair.value;
    } else {
      node = (node as { items?: unknown[] } | null)?.items?.[Number(step)];
      const range = (node as { range?: [number, number, number] } | undefined)?.range;
      if (range) found = range[0];
    }
  }
  return found;
}

function errorsOf(issue: z.core.$ZodIssue, lineOf: (path: readonly PropertyKey[]) => number): FileError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ line: lineOf([...issue.path, key]), text: unknownKey(key, issue.path) }));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined && issue.path.length > 1;
  const text = missing ? 'is missing' : issue.message;
  return [{ line: lineOf(issue.path), text: `${sayPath(issue.path)} ${text}` }];
}

const SECRET_NAMES = /^(?:(?:litellm|watchtower)[-_])?(?:master|api|secret)?[-_]?(?:key|token|password|secret)$/i;

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  if (path.length === 0 && SECRET_NAMES.test(key)) {
    return `"${key}": the key does not belong in this file; use key-file, ./.env or LITELLM_MASTER_KEY`;
  }
  const known =
    path.length === 0 ? [...FILE_NAMES, ...LISTS] : Object.keys((path[0] === 'ignore' ? ignore : rule).shape);
  const near = nearest(key, known);
  return `unknown key "${key}"${near === null ? '' : ` (did you mean ${near}?)`}`;
}

function sayPath(path: readonly PropertyKey[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step + 1}]` : String(step))).join(' ');
}

function complaints(
  list: string,
  rules: readonly (UserRule | UserIgnore)[],
  checkRule: CheckRule,
  lineOf: (path: readonly PropertyKey[]) => number,
): FileError[] {
  return rules.flatMap((entry, index) => {
    const wrong = checkRule(entry);
    return wrong === null ? [] : [{ line: lineOf([list, index]), text: `${sayPath([list, index])} ${wrong}` }];
  });
}
