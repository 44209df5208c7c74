import { RE2JS } from 're2js';
import type { RuleLike } from './types.ts';
import { provideExpressions } from './user-rules.ts';

provideExpressions((match) => {
  const pattern = RE2JS.compile(match, RE2JS.CASE_INSENSITIVE);
  return (text) => pattern.matcher(text).find();
});

export type RuleCheck = { ok: true } | { ok: false; why: string; hint: string };

const MAX_CHARS = 1000;
/** Constructs of other dialects that no linear engine has, with what to write in their place. */
const REFUSED: readonly (readonly [form: RegExp, why: string, hint: string])[] = [
  [
    /\(\?=|\(\?!/,
    'a look-ahead `(?=` or `(?!` can take more than linear time',
    'Write what must stand there as part of the expression, or put the exception into `ignore:`.',
  ],
  [
    /\(\?<=|\(\?<!/,
    'a look-behind `(?<=` or `(?<!` can take more than linear time',
    'Write what stands before as part of the expression.',
  ],
  [
    /(?<!\\)\\[1-9]/,
    'a back-reference such as `\\1` can take more than linear time',
    'Write the alternatives out: `(foo.*foo|bar.*bar)`.',
  ],
  [
    /\(\?>|[*+?}]\+/,
    'an atomic group or a possessive quantifier is not known here',
    'Leave it out: the engine is linear without it.',
  ],
  [/\(\?P=/, 'a named back-reference can take more than linear time', 'Write the alternatives out.'],
];

/**
 * Checks a user's rule: a regular expression must compile in RE2's syntax, which always runs in linear time. What is refused
 * is named, with a hint. Words are always fine unless there are none.
 */
export function checkRule(rule: Pick<RuleLike, 'match' | 'kind'>): RuleCheck {
  if (rule.match.trim() === '')
    return { ok: false, why: 'the expression is empty and would match every text', hint: 'Name at least one word.' };
  if (rule.match.length > MAX_CHARS)
    return {
      ok: false,
      why: `the expression is longer than ${MAX_CHARS} characters`,
      hint: 'Split it into several rules.',
    };
  if (rule.kind === 'words') return { ok: true };
  const refused = REFUSED.find(([form]) => form.test(rule.match));
  if (refused) return { ok: false, why: refused[1], hint: refused[2] };
  return compiles(rule.match);
}

function compiles(match: string): RuleCheck {
  try {
    const pattern = RE2JS.compile(match, RE2JS.CASE_INSENSITIVE);
    if (pattern.matcher('').find())
      return {
        ok: false,
        why: 'the expression matches an empty text, so it would match every text',
        hint: 'Use `+` in place of `*`, or name a word that must be there.',
      };
    return { ok: true };
  } catch (error) {
    return {
      ok: false,
      why: `the expression cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`,
      hint: 'Brackets and other signs that stand for themselves need a backslash: `\\(`, `\\[`, `\\.`.',
    };
  }
}
