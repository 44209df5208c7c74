import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { leaveForLine, withoutZeroes } from '../../src/diagnosis/benign.ts';
import { contextFacts } from '../../src/diagnosis/context.ts';
import { open } from '../../src/diagnosis/open.ts';
import { SIGN, SIGNS_OF, signsOf } from '../../src/diagnosis/text-signs.ts';
import type { TextSource } from '../../src/diagnosis/types.ts';
import { flatten } from '../../src/diagnosis/unwrap/flatten.ts';
import { readMessage } from '../../src/diagnosis/unwrap/message.ts';
import { createRandom, matching, type Random } from '../support/matching.ts';

/** With all signs no gate is closed: every expression is tried. */
const ALL = -1;
const READERS = ['benign', 'context', 'unwrap/message', 'unwrap/classes', 'unwrap/flatten'];

/** What the readers look for: their expressions, and their strings as expressions. */
function wanted(): RegExp[] {
  const found: RegExp[] = [];
  for (const reader of READERS) {
    const source = readFileSync(`src/diagnosis/${reader}.ts`, 'utf8').replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, '');
    for (const [, body, flags] of source.matchAll(
      /(?<=[=([,:?]\s*|^\s+)\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[,;.)\s\]])/gm,
    ))
      found.push(new RegExp(body as string, (flags as string).replace(/[gy]/g, '')));
    for (const [, single, double] of source.matchAll(/'((?:[^'\\\n]|\\.){4,80})'|"((?:[^"\\\n]|\\.){4,80})"/g)) {
      const text = (single ?? double ?? '').replaceAll('\\n', '\n').replaceAll("\\'", "'");
      found.push(new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')));
    }
  }
  return found;
}

const TEXTS = ['dev', 'hard', 'recordings'].flatMap((set) =>
  readFileSync(`test/fixtures/diagnosis/${set}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text),
);

/** What may stand before: nothing, a level, the beginning of a body. */
const BEFORE = [
  '',
  'ERROR: ',
  'WARNING: ',
  'INFO: ',
  '08:14:02 - LiteLLM Proxy:ERROR: auth_checks.py:1 - ',
  '{"error": "',
  '\n',
];

/** Texts in which a piece stands alone, before, behind and inside of others, as it is and in another case. */
function around(piece: string, random: Random): string[] {
  const text = TEXTS[random(TEXTS.length)] as string;
  const at = random(text.length);
  const before = BEFORE[random(BEFORE.length)] as string;
  return [
    piece,
    before + piece,
    `${before}litellm ${piece} localhost`,
    `${before}${piece} ${text}`,
    `${text}\n${piece}`,
    `${text.slice(0, at)}${piece}${text.slice(at)}`,
    random(2) === 0 ? piece.toUpperCase() : piece.toLowerCase(),
  ];
}

/** What the readers make of a text, by its signs or by all. */
function readings(text: string, source: TextSource, signs: (of: string) => number): unknown {
  const opening = open({ text, source });
  const zeroless = withoutZeroes(text, signs(text));
  const alone = [readMessage(text, signs(text)), zeroless, flatten(zeroless, signs(text))];
  if (opening.kind === 'fine') return alone;
  const { opened, record } = opening;
  const message = { ...opened.message, router: null };
  const leaves = (['ERROR', 'WARNING', 'INFO', null] as const).map((level) =>
    leaveForLine({ ...record, process: null }, { ...opened, level, message }, false, false, signs(record.message)),
  );
  return [
    alone,
    contextFacts(opened, opening.text, signs(opening.text)),
    contextFacts({ ...opened, said: false }, opening.text, signs(opening.text)),
    leaves,
  ];
}

describe('signs of a text', () => {
  const expressions = wanted();

  test('are asked for many expressions', () => {
    expect(expressions.length).toBeGreaterThan(150);
  });

  test('close no gate before what would match: all is read as with every gate open', () => {
    const random = createRandom(5);
    const tried = new Set<RegExp>();
    for (const pattern of expressions) {
      for (let made = 0, turn = 0; made < 12 && turn < 120; turn += 1) {
        const piece = matching(pattern, random);
        if (!pattern.test(piece)) continue;
        made += 1;
        tried.add(pattern);
        for (const text of around(piece, random)) {
          const source = random(2) === 0 ? 'log' : 'chat';
          const gated = readings(text, source, signsOf);
          const whole = readings(text, source, () => ALL);
          if (!isDeepStrictEqual(gated, whole))
            expect(gated, `${pattern} in ${JSON.stringify(text)}`).toStrictEqual(whole);
        }
      }
    }
    expect(tried.size).toBeGreaterThan(expressions.length * 0.95);
  });

  test('know every provider that is named with an error', () => {
    const names = /\(Anthropic[^/]+?\)Error/.exec(
      readFileSync('src/diagnosis/unwrap/classes.ts', 'utf8'),
    )?.[0] as string;
    const random = createRandom(6);
    const made = Array.from({ length: 2000 }, () => matching(new RegExp(names, 'i'), random));
    expect(new Set(made.map((name) => name.toLowerCase())).size).toBe(SIGNS_OF.provider.length - 1);
    for (const name of made) expect(signsOf(`- ${name} -`) & SIGN.provider, name).not.toBe(0);
  });

  test('hold no line end: those of texts joined by one are those of all of them', () => {
    for (const sign of Object.values(SIGNS_OF).flat()) expect(sign).not.toContain('\n');
    for (const name of ['escape', 'url', 'html', 'bytes'] as const)
      for (const sign of SIGNS_OF[name]) expect(sign).not.toMatch(/\s/);
  });
});
