import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withoutAddresses } from '../../src/diagnosis/unwrap/addresses.ts';
import { readClasses } from '../../src/diagnosis/unwrap/classes.ts';
import { flatten } from '../../src/diagnosis/unwrap/flatten.ts';
import { readRecord } from '../../src/diagnosis/unwrap/record.ts';
import { createRandom, matching } from '../support/matching.ts';

const ALL_SIGNS = -1;
const random = createRandom(9);

/** Texts of a few pieces each, so that what is looked for occurs, touches and breaks off. */
function texts(count: number, pieces: readonly string[]): string[] {
  return Array.from({ length: count }, () =>
    Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join(''),
  );
}

describe('what is read by hand is what an expression finds', () => {
  test('addresses', () => {
    const address = /\b(?:https?|wss?|redis|rediss|postgres|postgresql):\/\/[^\s"'<>`)\]}\\]{1,2000}/g;
    const pieces = [
      'http',
      'https',
      'ws',
      'rediss',
      'redis',
      'postgresql',
      '://',
      '/',
      ':',
      'a',
      '_',
      '0',
      '.',
      ',',
      '?',
      ' ',
      '"',
    ];
    const long = [1999, 2000, 2001].map((length) => `https://${'a'.repeat(length)}https://b`);
    let found = 0;
    for (const text of [
      ...texts(20_000, [...pieces, '\u00a0', '\n', ')', 'é', '余', 'https://a', 'wss://b.', 'postgres://c,']),
      ...long,
    ]) {
      const urls: string[] = [];
      const wanted = text.match(address) ?? [];
      expect(withoutAddresses(text, urls)).toBe(text.replace(address, ' '));
      expect(urls).toStrictEqual(wanted.slice(0, 16).map((url) => url.replace(/[.,;:!?]+$/, '')));
      found += urls.length;
    }
    expect(found).toBeGreaterThan(5000);
  });

  test('keys', () => {
    const key = /(["'])([A-Za-z_@$][\w.$@-]{0,60})\1\s{0,4}:\s{0,4}/g;
    const pieces = [
      '"',
      "'",
      '"',
      ':',
      ':',
      ' ',
      'a',
      'B_',
      '$',
      '@x',
      '0',
      '-',
      '.',
      '\n',
      '\t',
      '\u00a0',
      'é',
      '    ',
      '"k":',
      "'k' :",
      '{',
    ];
    const long = [60, 61, 62].map((length) => `{"${'k'.repeat(length)}": 1}`);
    let found = 0;
    for (const text of [...texts(20_000, pieces), ...long]) {
      expect(flatten(text, 0).text).toBe(text.replace(key, '\n'));
      if (key.test(text)) found += 1;
      key.lastIndex = 0;
    }
    expect(found).toBeGreaterThan(5000);
  });

  test('classes', () => {
    const named =
      /^(?:litellm\.)?(?:exceptions\.|types\.router\.|proxy\._types\.)?(RateLimitError|Timeout|NotFoundError): ?\s*/;
    const pieces = [
      'litellm.',
      'exceptions.',
      'types.router.',
      'proxy._types.',
      'RateLimitError',
      'Timeout',
      'NotFoundError',
      ': ',
      ':',
      ' ',
      'x',
      '1',
    ];
    let found = 0;
    for (const text of texts(20_000, pieces)) {
      const classes: string[] = [];
      let body = text.trim();
      for (let match = named.exec(body); match !== null && classes.length < 6; match = named.exec(body)) {
        classes.push(match[1] as string);
        body = body.slice(match[0].length);
      }
      const made = { classes: [] as string[], providerToken: null };
      expect(readClasses(made, text, ALL_SIGNS)).toBe(body);
      expect(made.classes).toStrictEqual(classes);
      found += classes.length;
    }
    expect(found).toBeGreaterThan(1000);
  });

  test.each(['COMPOSE_HEAD', 'PM2', 'CRI_HEAD', 'SYSLOG', 'LITELLM', 'LOGGER', 'UVICORN', 'LEVEL_FIRST'])(
    'the head %s',
    (name) => {
      const source = readFileSync('src/diagnosis/unwrap/record.ts', 'utf8');
      const head = new RegExp(`const ${name} =\\s+/(.+)/[gim]*;`).exec(source)?.[1] as string;
      const pattern = new RegExp(head);
      let tried = 0;
      for (let turn = 0; turn < 3000; turn += 1) {
        const text = `${matching(pattern, random)}boom`;
        if (!pattern.test(text)) continue;
        tried += 1;
        expect(readRecord(text).message.length, JSON.stringify(text)).toBeLessThan(text.length);
      }
      expect(tried).toBeGreaterThan(100);
    },
  );
});
