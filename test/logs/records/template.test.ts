import { expect, it } from 'vitest';
import { templateOf } from '../../../src/logs/records/template.ts';
import { leastMs } from '../../support/least-time.ts';

it.each([
  ['a long number', 'Used 29123 of 30000', 'Used 30011 of 30000'],
  ['the number behind a beginning of an id', 'in org-7 now', 'in org-8 now'],
  ['an id of letters and digits', 'req_011CSHoEeqs5C35K2UUqR7Fy', 'req_019XSkoEwqs7C35K2LLqR8Fy'],
  ['a UUID', 'call 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', 'call 00000bcd-abcd-4b2d-9b5d-1111fbbd4123'],
  ['a hexadecimal id', 'span 9f86d081884c7d65', 'span 7d865e959b2466c1'],
  ['the address of an object', '<Lock at 0x7f3a2b1c99f0>', '<Lock at 0x7f11aaaa9930>'],
  ['a wait', 'try again in 7.446s', 'try again in 8.120s'],
  ['a wait in words', 'try again in 17.3 seconds', 'try again in 38.7 seconds'],
  ['an amount', 'spend=13.0031', 'spend=12.0947'],
  ['a port of a client', 'client 10.4.0.9:51234 left', 'client 10.4.0.9:49152 left'],
  ['a time', '{"ts": "2026-12-21T08:14:02.118402Z"}', '{"ts": "2027-12-23T18:15:42.999402Z"}'],
  ["the time in LiteLLM's head", '08:14:02 - LiteLLM:ERROR: a.py:1 - x', '09:00:00 - LiteLLM:ERROR: a.py:1 - x'],
])('%s is left out', (_, one, other) => {
  expect(templateOf(one)).toBe(templateOf(other));
  expect(templateOf(one)).not.toBe(one);
});

it.each([
  ['a status', 'Error code: 429', 'Error code: 402'],
  ['a small number', 'limit 0 of 1', 'limit 1 of 1'],
  ['a code with letters', 'AADSTS700016: x', 'AADSTS700017: x'],
  ['an error of the database', 'P1001: x', 'P1002: x'],
  ['a version in the name of a model', 'model claude-3-5-sonnet-20241022', 'model claude-3-5-sonnet-20250219'],
  ['a short version', 'model gpt-4.1', 'model gpt-4.5'],
  ['a status behind a point', 'x.429 Too Many Requests', 'x.402 Payment Required'],
  ["the gateway's port", 'connect to port 4000', 'connect to port 5432'],
  ['nothing and something', 'errors: 0.0', 'errors: 0.5'],
  ['how long it is', 'Used 29123', 'Used 291234'],
  ['that the same number stands there twice', 'Limit 30000, used 30000', 'Limit 30000, used 30001'],
  ['a word in an id that says something', 'req_9xQFailZLm3kQ5tWb2', 'req_9xQFoilZLm3kQ5tWb2'],
  [
    'a word in a UUID that says something',
    '1b9d6bcd-dead-4b2d-9b5d-ab8dfbbd4bed',
    '1b9d6bcd-deac-4b2d-9b5d-ab8dfbbd4bed',
  ],
  ['how many pieces an id is read in', 'req_aBcDeFgH1234', 'req_abcdefgH1234'],
  ['that an id begins like nothing', 'failed: 0d0eb6289f86d081', 'failed: 16fc4f1d9f86d081'],
  ['what may belong to a time', '10:00:10e612ab9f86d081', '10:00:1db7412a9f86d081'],
  ['where a source file says it', 'line 1462, in x', 'line 1463, in x'],
])('%s stays', (_, one, other) => {
  expect(templateOf(one)).not.toBe(templateOf(other));
});

it('a text that holds its sign has none, nor has one that is too long or holds too much', () => {
  const sign = templateOf('Used 29123')?.charAt('Used '.length);
  expect(templateOf(`Used ${sign}n5;`)).toBeNull();
  expect(templateOf('x'.repeat(12_001))).toBeNull();
  expect(templateOf('12345 67890 '.repeat(100))).toBeNull();
});

it.each(['1234-', 'a1-', '1-a', 'req_', '0.1', '12345678-', '\n  File "x', 'aB1', '"1\'a', '2026-11-21T08:14:02.1'])(
  'a text of %j takes no time',
  (part) => {
    const text = part.repeat(12_000 / part.length);
    expect(leastMs(() => templateOf(text), 10)).toBeLessThan(10);
  },
);
