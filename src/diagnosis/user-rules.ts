import type { IgnoreLike, RuleLike, TextSource } from './types.ts';

interface Ready<T> {
  item: T;
  matches: (text: string) => boolean;
}

/** Compiles an expression that runs in linear time; case does not matter. Throws on one that it does not know. */
export type CompileExpression = (match: string) => (text: string) => boolean;

let compileExpression: CompileExpression | null = null;

/** The engine of expressions comes with the check of rules: it is large, and nobody loads it who has no rules. */
export function provideExpressions(compile: CompileExpression): void {
  compileExpression = compile;
}

export interface UserRules {
  ignored(text: string, source: TextSource): boolean;
  before(text: string, source: TextSource): RuleLike | null;
  after(text: string, source: TextSource): RuleLike | null;
  /** The same for texts that the same of them match. */
  keyOf(text: string, source: TextSource): string;
}

/** The user's rules, ready to run. Throws on an expression that `checkRule` refuses: check first. */
export function prepareRules(rules: readonly RuleLike[], ignore: readonly IgnoreLike[]): UserRules {
  const ready = rules.map(prepare);
  const ignored = ignore.map(prepare);
  const before = ready.filter(({ item }) => item.priority === 'before');
  const after = ready.filter(({ item }) => item.priority !== 'before');
  return {
    ignored: (text, source) => find(ignored, text, source) !== null,
    before: (text, source) => find(before, text, source),
    after: (text, source) => find(after, text, source),
    keyOf: (text, source) =>
      [...ignored, ...ready].map((one) => (find([one], text, source) === null ? '-' : '+')).join(''),
  };
}

function prepare<T extends IgnoreLike>(item: T): Ready<T> {
  if (item.kind === 'regex') {
    if (compileExpression === null) throw new Error(`the rule \`${item.match}\` was not checked before its use`);
    return { item, matches: compileExpression(item.match) };
  }
  const words = item.match
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return {
    item,
    matches: (text) => {
      const low = text.toLowerCase();
      return words.every((word) => hasWord(low, word));
    },
  };
}

/** A word stands alone: `disk` is not in `diskette`. Where it has other signs than letters, their sides do not matter. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (
      edge(text.charCodeAt(at - 1), word.charCodeAt(0)) &&
      edge(text.charCodeAt(at + word.length), word.charCodeAt(word.length - 1))
    )
      return true;
  }
  return false;
}

function edge(outside: number, inside: number): boolean {
  return !(letter(outside) && letter(inside));
}

function letter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}

function find<T extends IgnoreLike>(items: readonly Ready<T>[], text: string, source: TextSource): T | null {
  for (const { item, matches } of items)
    if ((item.source === null || item.source === source) && matches(text)) return item;
  return null;
}
