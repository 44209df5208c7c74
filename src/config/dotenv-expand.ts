import type { Binding, DotenvEntry } from './dotenv.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A value that grows beyond this by expansion has none: doubling lines would fill the memory. Characters. */
const MAX_VALUE_CHARS = 64 * 1024;

/**
 * Expands `${NAME}` and `${NAME:-default}` in every value, quoted ones too, with the environment before the file's own
 * earlier names: python-dotenv's `resolve_variables(override=False)`.
 */
export function expandBindings(bindings: readonly Binding[], environment: Environment): DotenvEntry[] {
  const entries = new Map<string, DotenvEntry>();
  const lookUp = (name: string): string | null | undefined =>
    Object.hasOwn(environment, name) && environment[name] !== undefined ? environment[name] : entries.get(name)?.value;
  for (const { name, value, line } of bindings) {
    if (name === null) continue;
    // A Map keeps the place of the first of duplicates, as Python's dict does.
    entries.set(name, { name, value: value === null ? null : expand(value, lookUp), line });
  }
  return [...entries.values()];
}

/** A name without `=` counts as set and empty: its `:-default` is not used. */
function expand(value: string, lookUp: (name: string) => string | null | undefined): string | null {
  if (!value.includes('${')) return value;
  let result = '';
  let cursor = 0;
  for (const reference of references(value)) {
    result += value.slice(cursor, reference.start);
    const found = lookUp(reference.name);
    result += found === undefined ? reference.fallback : (found ?? '');
    cursor = reference.end;
    if (result.length > MAX_VALUE_CHARS) return null;
  }
  return result + value.slice(cursor);
}

interface Reference {
  start: number;
  end: number;
  name: string;
  fallback: string;
}

/** The matches of python-dotenv's `\$\{([^}:]*)(?::-([^}]*))?\}`, in one pass. */
function* references(value: string): Generator<Reference> {
  const nextBrace = searcher(value, '}');
  const nextColon = searcher(value, ':');
  let start = value.indexOf('${');
  while (start !== -1) {
    const brace = nextBrace(start + 2);
    if (brace === -1) return;
    const colon = nextColon(start + 2);
    const nameEnd = colon !== -1 && colon < brace ? colon : brace;
    if (nameEnd === brace || value[colon + 1] === '-') {
      const fallback = nameEnd === brace ? '' : value.slice(colon + 2, brace);
      yield { start, end: brace + 1, name: value.slice(start + 2, nameEnd), fallback };
      start = value.indexOf('${', brace + 1);
    } else {
      start = value.indexOf('${', start + 2);
    }
  }
}

/** `indexOf` for positions that only grow: the text is searched once in all. */
function searcher(text: string, char: string): (from: number) => number {
  let found = -2;
  return (from) => {
    if (found === -2 || (found !== -1 && found < from)) found = text.indexOf(char, from);
    return found;
  };
}
