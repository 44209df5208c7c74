import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Lines } from '../../../src/logs/records/assembler.ts';
import { eventsOf, eventsOfBlocks, lines, RELEASES, recorded, sectionsOf } from './reading.ts';

interface Labelled {
  release: string;
  form: string;
  scenario: string;
  class: string;
}

const labelled = readFileSync('test/fixtures/diagnosis/recordings.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Labelled);
/** A scenario may fail otherwise in another release: each is held to its own label. */
const classesOf = (release: string, scenario: string): Set<string> =>
  new Set(labelled.filter((one) => one.release === release && one.scenario === scenario).map((one) => one.class));

describe.each(RELEASES)('what LiteLLM %s logged', (release) => {
  const sections = sectionsOf(recorded(`chat-errors.${release}`));

  it('of a failed request is one event of its class, with its model', () => {
    let checked = 0;
    for (const { request, log } of sections) {
      const scenario = /model=(\S+)\s+-> [45]\d\d/.exec(request)?.[1];
      if (scenario === undefined || scenario === 'multi' || classesOf(release, scenario).size === 0) continue;
      const events = eventsOf(log);
      expect(
        events.map((one) => one.diagnosis.class),
        `${request}\n${log.slice(0, 300)}`,
      ).toHaveLength(1);
      expect([...classesOf(release, scenario)], request).toContain(events[0]?.diagnosis.class);
      expect(events[0]?.record.level, request).toMatch(/ERROR|WARNING/);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(20);
  });

  it('of a good request is no event', () => {
    const good = sections.filter(({ request }) => /-> 200/.test(request) && !/midstream|midclose/.test(request));
    expect(good.length).toBeGreaterThan(3);
    for (const { request, log } of good)
      expect(
        eventsOf(log).map((one) => one.record.text),
        request,
      ).toEqual([]);
  });

  it('is the same whether it comes at once, block by block or line by line', () => {
    const text = sections.map(({ log }) => log).join('');
    const whole = eventsOf(text).map((one) => `${one.diagnosis.class} ${one.record.offset} ${one.record.lines}`);
    for (const size of [1, 17, 500]) {
      const parts = inBlocks(text, size);
      expect(parts.map((one) => `${one.diagnosis.class} ${one.record.offset} ${one.record.lines}`)).toEqual(whole);
    }
  });
});

/** Fed in blocks of so many lines. */
function inBlocks(text: string, size: number): ReturnType<typeof eventsOf> {
  const all = Buffer.from(text);
  const blocks: Lines[] = [];
  let from = 0;
  let count = 0;
  for (let at = all.indexOf(10); at >= 0; at = all.indexOf(10, at + 1)) {
    count += 1;
    if (count % size !== 0) continue;
    blocks.push(lines(all.subarray(from, at + 1), { offset: from }));
    from = at + 1;
  }
  blocks.push(lines(all.subarray(from), { offset: from }));
  return eventsOfBlocks(blocks);
}

it('JSON logs are events with their own times', () => {
  const events = eventsOf(recorded('json.1.106.2'), { old: true });
  expect(events.map((one) => one.diagnosis.class)).toEqual(
    expect.arrayContaining(['CREDITS', 'AUTH_PROVIDER', 'MODEL_NOT_FOUND']),
  );
  for (const { record } of events) {
    expect(record.time.from).toBe('line');
    expect(new Date(record.time.at).getFullYear()).toBe(2026);
  }
});

it('a worker that gunicorn lost is told with its process; a normal stop is no event', () => {
  const events = eventsOf(recorded('gunicorn.1.106.2'), { old: true });
  expect(events.map((one) => one.diagnosis.class)).toEqual(['RESOURCE']);
  expect(events[0]?.record.text).toContain('SIGKILL');
  expect(events[0]?.record.pid).toBeGreaterThan(0);
});
