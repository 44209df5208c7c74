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

describe.each(['1.60.8', '1.83.14', '1.106.2'])(
  'what LiteLLM %s logged while deployments cooled and fallbacks failed',
  (release) => {
    it('is one event a failed request, of the class of its answer', () => {
      let checked = 0;
      for (const { request, log } of sectionsOf(recorded(`cooldown.${release}`))) {
        const status = Number(/-> (\d{3})/.exec(request)?.[1]);
        // Both of a pair failed there: the fallback's failure is told as well.
        if (request.startsWith('fallback_both_fail')) continue;
        const events = eventsOf(log);
        expect(
          events.map((one) => one.diagnosis.class),
          request,
        ).toHaveLength(status >= 400 ? 1 : 0);
        if (status === 402) expect(events[0]?.diagnosis.class, request).toBe('CREDITS');
        if (status === 401) expect(events[0]?.diagnosis.class, request).toBe('AUTH_PROVIDER');
        if (status === 429) expect(['RATE_LIMIT', 'NO_DEPLOYMENTS'], request).toContain(events[0]?.diagnosis.class);
        if (/\b(?:two|one)-/.test(request) && status >= 400)
          expect(events[0]?.diagnosis.model, request).toMatch(/^(?:two|one)-/);
        checked += 1;
      }
      expect(checked).toBeGreaterThan(30);
    });
  },
);

describe('a healthy stretch', () => {
  it.each([...RELEASES.map((release) => `startup.${release}`), 'draining.1.106.2', 'plain.1.106.2', 'uvicorn.1.106.2'])(
    'has no event: %s',
    (name) => {
      const text = recorded(name);
      expect(eventsOf(text).map((one) => one.record.text)).toEqual([]);
      expect(eventsOf(text, { old: true })).toEqual([]);
    },
  );

  it.each(RELEASES)('and refused keys in %s are told as what they are', (release) => {
    const events = eventsOf(recorded(`auth.${release}`));
    expect(events.length).toBeGreaterThan(0);
    for (const { diagnosis, record } of events)
      expect(['AUTH_GATEWAY', 'DATABASE', 'CONNECTION'], record.text.slice(0, 200)).toContain(diagnosis.class);
  });
});

it.each([
  ['a port that is taken', 'port-busy.1.106.2', ['STARTUP']],
  ['a worker that died', 'worker-killed.1.106.2', ['RESOURCE']],
  ['a worker of two that died', 'two-workers.1.106.2', ['RESOURCE']],
  ['failures at the level of ERROR alone, without access lines', 'level-error.1.106.2', ['CREDITS', 'DATABASE']],
  ['one failure among prompts and headers at DEBUG', 'detailed-debug.1.106.2', ['CREDITS']],
])('%s', (_, name, classes) => {
  const told = new Set(eventsOf(recorded(name)).map((one) => one.diagnosis.class));
  expect([...told].sort()).toEqual(classes);
});
