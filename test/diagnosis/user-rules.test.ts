import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { checkRule } from '../../src/diagnosis/rules-check.ts';
import type { IgnoreLike, RuleLike } from '../../src/diagnosis/types.ts';
import { leastMs } from '../support/least-time.ts';

const rule = (more: Partial<RuleLike>): RuleLike => ({
  match: 'x',
  kind: 'words',
  class: 'MINE',
  severity: 'warn',
  fix: null,
  url: null,
  source: null,
  priority: 'before',
  ...more,
});
const ignore = (more: Partial<IgnoreLike>): IgnoreLike => ({ match: 'x', kind: 'words', source: null, ...more });
const CREDITS =
  'litellm.APIError: APIError: OpenrouterException - {"error":{"message":"Insufficient credits","code":402}}';

describe('a rule of the user', () => {
  test('names a class of the user with fix, link and severity', () => {
    const diagnose = createDiagnose({
      rules: [
        rule({
          match: 'quarantine notice',
          class: 'QUARANTINE',
          severity: 'crit',
          fix: 'Call the desk.',
          url: 'https://desk.example.test/q',
        }),
      ],
    });
    expect(diagnose({ text: 'INFO: notice of QUARANTINE for key 7', source: 'log' })).toMatchObject({
      class: 'QUARANTINE',
      severity: 'crit',
      fix: 'Call the desk.',
      url: 'https://desk.example.test/q',
      confidence: 'high',
    });
  });

  test('before ours, it decides even where ours would', () => {
    const diagnose = createDiagnose({ rules: [rule({ match: 'insufficient credits', class: 'SHARED_WALLET' })] });
    expect(diagnose({ text: CREDITS, source: 'chat' })).toMatchObject({
      class: 'SHARED_WALLET',
      provider: 'openrouter',
    });
  });

  test('after ours, it decides only where ours find nothing or UNKNOWN', () => {
    const diagnose = createDiagnose({
      rules: [
        rule({ match: 'insufficient', priority: 'after' }),
        rule({ match: 'flux', class: 'FLUX', priority: 'after' }),
      ],
    });
    expect(diagnose({ text: CREDITS, source: 'chat' })?.class).toBe('CREDITS');
    expect(diagnose({ text: '08:00:00 - LiteLLM:ERROR: a.py:1 - flux misaligned', source: 'log' })?.class).toBe('FLUX');
    expect(diagnose({ text: 'INFO: flux fine', source: 'log' })?.class).toBe('FLUX');
  });

  test('may give a text one of the known classes, whose fix it then gets', () => {
    const diagnose = createDiagnose({ rules: [rule({ match: 'purse 0', class: 'CREDITS', severity: 'crit' })] });
    const found = diagnose({ text: 'purse: 0', source: 'chat', provider: 'openrouter' });
    expect(found).toMatchObject({ class: 'CREDITS', family: 'MONEY', url: 'https://openrouter.ai/settings/credits' });
    expect(found?.fix).toContain('openrouter.ai/settings/credits');
  });

  test('holds only for its source', () => {
    const diagnose = createDiagnose({ rules: [rule({ match: 'x1', source: 'health' })] });
    expect(diagnose({ text: 'x1', source: 'health' })?.class).toBe('MINE');
    expect(diagnose({ text: 'INFO:     x1', source: 'log' })).toBeNull();
  });

  test('of words asks for whole words in any order, whatever the case', () => {
    const diagnose = createDiagnose({ rules: [rule({ match: 'Disk slow' })] });
    expect(diagnose({ text: 'INFO: slow DISK sda', source: 'log' })?.class).toBe('MINE');
    expect(diagnose({ text: 'INFO: slow diskette', source: 'log' })).toBeNull();
    expect(diagnose({ text: 'INFO: disk fine', source: 'log' })).toBeNull();
  });

  test('of an expression is searched, whatever the case', () => {
    const diagnose = createDiagnose({ rules: [rule({ match: 'shard \\d+ (lost|gone)', kind: 'regex' })] });
    expect(diagnose({ text: 'INFO: Shard 12 LOST', source: 'log' })?.class).toBe('MINE');
    expect(diagnose({ text: 'INFO: shard lost', source: 'log' })).toBeNull();
  });

  test('that is an expression takes linear time where a backtracking engine would not end', () => {
    const diagnose = createDiagnose({
      rules: [rule({ match: '(a+)+$', kind: 'regex' }), rule({ match: '(\\w+\\s?)+!$', kind: 'regex' })],
    });
    const text = `INFO: ${'a'.repeat(60_000)}b`;
    expect(leastMs(() => diagnose({ text, source: 'log' }), 2000)).toBeLessThan(2000);
  });
});

describe('ignore', () => {
  test('wins over our rules and over those of the user', () => {
    const diagnose = createDiagnose({
      rules: [rule({ match: 'insufficient' })],
      ignore: [ignore({ match: 'insufficient credits' })],
    });
    expect(diagnose({ text: CREDITS, source: 'chat' })).toBeNull();
  });

  test('holds only for its source', () => {
    const diagnose = createDiagnose({ ignore: [ignore({ match: 'insufficient', source: 'log' })] });
    expect(diagnose({ text: CREDITS, source: 'chat' })?.class).toBe('CREDITS');
  });
});

describe('the check of a rule', () => {
  test.each([
    ['(?=ahead)', 'look-ahead'],
    ['(?!not)x', 'look-ahead'],
    ['(?<=behind)x', 'look-behind'],
    ['(?<!behind)x', 'look-behind'],
    ['(a)\\1', 'back-reference'],
    ['(?P<n>a)(?P=n)', 'back-reference'],
    ['(?>atomic)', 'atomic'],
    ['a++', 'possessive'],
    ['(unclosed', 'cannot be read'],
    ['[z-a]', 'cannot be read'],
    ['a{2000}', 'cannot be read'],
    ['x*', 'empty text'],
    ['', 'empty'],
    ['   ', 'empty'],
    ['a'.repeat(1001), 'longer'],
  ])('refuses %s and says why, with a hint', (match, why) => {
    const checked = checkRule({ match, kind: 'regex' });
    expect(checked.ok).toBe(false);
    if (checked.ok) return;
    expect(checked.why).toContain(why);
    expect(checked.hint.length).toBeGreaterThan(10);
  });

  test.each(['insufficient.*credits', '(a+)+b', '\\bfoo\\b', '余额', 'code [45]\\d\\d', '\\d{1,3}\\.\\d', 'a\\\\1'])(
    'accepts %s',
    (match) => {
      expect(checkRule({ match, kind: 'regex' })).toEqual({ ok: true });
    },
  );

  test('takes words as they are', () => {
    expect(checkRule({ match: '(?=', kind: 'words' })).toEqual({ ok: true });
    expect(checkRule({ match: ' ', kind: 'words' }).ok).toBe(false);
  });
});
