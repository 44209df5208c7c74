import { describe, expect, it } from 'vitest';
import { UNICODE } from '../../components/glyphs.ts';
import { textOf } from '../../components/line.ts';
import { verdictLines } from '../../components/rows/verdict.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { AT, sampleSnapshot } from './sample.ts';

const told = (width: number, lines: number, since: string | null = '2026-11-24T14:02:11'): string => {
  const sample = sampleSnapshot();
  const verdict: Snapshot['verdict'] = { ...sample.verdict, since };
  const context = { glyphs: UNICODE, now: Date.parse(AT), problemsOnly: false, cpuHistory: [] };
  return verdictLines({ ...sample, verdict }, width, lines, false, context)
    .map(textOf)
    .join('\n');
};

describe('the verdict', () => {
  it('says since when, on one line or on two', () => {
    expect(told(120, 1)).toContain('8 fine, since 14:02');
    expect(told(70, 2).replaceAll(/\s+/g, ' ')).toMatch(/since( \S+)? 14:02/);
  });

  it('names the day where it began on another one', () => {
    expect(told(120, 1, '2026-11-22T23:58:00')).toContain('since 11-22 23:58');
  });

  it('keeps the cause whole where both have no room', () => {
    const lines = told(86, 1);
    expect(lines).toContain('8 fine');
    expect(lines).not.toContain('since');
  });

  it('says nothing of it where nothing began', () => {
    expect(told(120, 1, null)).not.toContain('since');
  });
});
