import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { RULES } from '../../src/diagnosis/rules/table.ts';
import { readWait } from '../../src/diagnosis/times.ts';
import { type Concept, ENGLISH } from '../../src/diagnosis/words/english.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { leastMs } from '../support/least-time.ts';

const SIZE = 65_536;
const LIMIT_MS = 10;
const diagnose = createDiagnose({ scrub: createScrub([]) });

function fill(piece: string): string {
  return piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
}

const HOSTILE = [
  'a',
  ' ',
  '1',
  '"',
  "'",
  '{',
  '[',
  '\\',
  ':',
  '-',
  '.',
  '/',
  '\n',
  '\x1b',
  '<',
  '(',
  '=',
  '_',
  '%',
  '@',
  '余',
  'é',
  'a ',
  'a.',
  'a:',
  '1.',
  '1:',
  '1 ',
  '" ',
  '": "',
  '\\"',
  '\\\\"',
  "{'a': ",
  '[{',
  '<a ',
  '</',
  'a=',
  'a-',
  'a/',
  '1-',
  '::',
  '. ',
  '\n ',
  'A',
  'Aa',
  'AaError',
  'aException',
  'litellm.',
  'litellm.A: ',
  'a.b.c.',
  'http://',
  'https://a.',
  'a@',
  'sk-',
  'x_',
  '2026-11-21 ',
  '08:14:02 - ',
  '12:',
  'INFO: ',
  '[pod/',
  'level=',
  'msg=',
  'retry ',
  'try again in ',
  'retry after ',
  'reset ',
  'resets at ',
  'wait ',
  'until ',
  'retry-after: ',
  'try again in 1m',
  'model ',
  'model=',
  "model 'a",
  'in organization ',
  'for provider ',
  'connect to ',
  'Team=',
  'status ',
  'code ',
  'error code ',
  'returned an error code ',
  '404 ',
  '4',
  '"content": "',
  "'messages': [",
  '"message": "',
  'Traceback (most recent call last)',
  'Exception occured - ',
  'Received Model Group=',
  'approaching',
  '0 errors ',
  'errors: ',
  'success ',
  'not ',
  'exit ',
  'Worker ',
  'died ',
  'mon, ',
  'jan ',
  '1 jan ',
  '12ms ',
  '***',
  'a***',
  'localhost:',
  'gateway',
  'litellm-',
].map(fill);

/** Every literal expression of the room, read from its sources: a new one is tested without being named here. */
function literals(): { where: string; pattern: RegExp }[] {
  const root = 'src/diagnosis';
  const found: { where: string; pattern: RegExp }[] = [];
  for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts')) continue;
    const source = readFileSync(join(root, entry), 'utf8').replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, '');
    for (const match of source.matchAll(
      /(?<=[=([,:?]\s*|^\s+)\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[,;.)\s\]])/gm,
    )) {
      found.push({
        where: `${entry}: /${match[1]}/`,
        pattern: new RegExp(match[1] as string, (match[2] as string).replace(/[gy]/g, '')),
      });
    }
  }
  return found;
}

/** Runs an expression over the whole text as `replace` does: from each end of a match onwards. */
function sweep(pattern: RegExp, text: string): void {
  text.replace(new RegExp(pattern.source, `${pattern.flags}g`), '');
}

describe('time is linear on 64 KiB of hostile text', () => {
  const found = literals();

  test('the expressions of the room are found in its sources', () => {
    expect(found.length).toBeGreaterThan(90);
  });

  test.each(found)('$where', ({ pattern }) => {
    for (const text of HOSTILE) {
      const took = leastMs(() => sweep(pattern, text), LIMIT_MS);
      expect(took, JSON.stringify(text.slice(0, 30))).toBeLessThan(LIMIT_MS);
    }
  });

  test('reading times', () => {
    for (const text of HOSTILE)
      expect(
        leastMs(() => readWait(text, 0), LIMIT_MS),
        JSON.stringify(text.slice(0, 30)),
      ).toBeLessThan(LIMIT_MS);
  });

  test.each(RULES.map((rule, index) => ({ name: `rule ${index + 1}, ${rule.class}: ${rule.near.join(' + ')}`, rule })))(
    '$name',
    ({ rule }) => {
      const words = [...rule.near, ...(rule.with ?? [])]
        .flatMap((entry) => entry.split('|'))
        .filter((entry) => entry in ENGLISH);
      const pieces = words.map((concept) =>
        ENGLISH[concept as Concept].split(',').slice(0, 6).join(' ').replaceAll('*', ''),
      );
      for (const separator of [' ', ' x x x x x x x x x x x x x x ', '. ', '{"a": "']) {
        const text = fill(`${pieces.join(separator)}${separator}` || 'x ');
        for (const source of ['chat', 'log'] as const) {
          expect(
            leastMs(
              () => diagnose({ text: source === 'log' ? `08:00:00 - LiteLLM:ERROR: a.py:1 - ${text}` : text, source }),
              LIMIT_MS,
            ),
          ).toBeLessThan(LIMIT_MS);
        }
      }
    },
  );

  test.each(HOSTILE.map((text) => ({ piece: JSON.stringify(text.slice(0, 24)), text })))(
    'a text of $piece',
    ({ text }) => {
      for (const source of ['health', 'log', 'system'] as const)
        expect(leastMs(() => diagnose({ text, source }), LIMIT_MS * 2)).toBeLessThan(LIMIT_MS * 2);
    },
  );
});
