import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatMs,
  formatPct,
  formatRatio,
  formatUsd,
  parseDuration,
} from '../../src/text/units.ts';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
    ['45', 45_000],
    ['1.5s', 1_500],
    [' 30s ', 30_000],
  ])('%s is read', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', 's', '-5s', '5 s', '5w', '1e3', 'soon', '9999999999s', '1m30s'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

it.each([
  [-5, '0s'],
  [0, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [3_599_999, '59m'],
  [3_600_000, '1h'],
  [12_000_000, '3h 20m'],
  [353_000_000, '4d 2h'],
])('an age of %i ms is %s', (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

it.each([
  [0, '0ms'],
  [431.4, '431ms'],
  [999.6, '1000ms'],
  [2_100, '2.1s'],
  [75_000, '75s'],
])('a latency of %f ms is %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});

it.each([
  [0, '0B'],
  [512, '512B'],
  [1_023, '1023B'],
  [1_024, '1.0K'],
  [1_300_000_000, '1.2G'],
  [325_058_560, '310M'],
  [1_048_064, '1.0M'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0, '0'],
  [0.1, '0.1'],
  [0.0003, '0.0003'],
  [0.0000004, '<0.000001'],
  [0.000007, '0.000007'],
  [12.5, '12.5'],
])('%f USD are %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});

it('shares are whole per cent, of a core with one decimal while small', () => {
  expect([formatRatio(0.414), formatPct(2.04), formatPct(56.2), formatPct(9.96)]).toEqual(['41%', '2%', '56%', '10%']);
});
