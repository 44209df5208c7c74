import { expect, it } from 'vitest';
import { createRecentEvents } from '../../src/logs/recent-events.ts';
import type { LogRecord } from '../../src/logs/records/assembler.ts';
import { createJudge, type Happening } from '../../src/logs/records/happening.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { diagnose, NOW, recordsOf } from './records/reading.ts';

const scrub = createScrub([]);
const judge = createJudge(diagnose);

function happening(said: string, at = NOW): Happening {
  const [record] = recordsOf(
    `08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - litellm.RateLimitError: OpenAIException - ${said}\n`,
  );
  return judge({ ...(record as LogRecord), time: { at, from: 'line' } }, NOW) as Happening;
}

it('an event grows with each repeat and is taken once', () => {
  const events = createRecentEvents(scrub);
  events.add('a.log', happening('Rate limit reached for org-1'), false, 'a.log');
  for (let more = 1; more <= 3; more += 1)
    events.add('a.log', happening(`Rate limit reached for org-${1_000 + more}`, NOW + more), true, 'a.log');
  const [event, ...others] = events.take();
  expect(others).toEqual([]);
  expect(event).toMatchObject({ id: 1, count: 4, at: NOW, lastAt: NOW + 3 });
  expect(event?.text).toContain('org-1');
  expect(events.take()).toEqual([]);
});

it('nobody asks for the text of a repeat', () => {
  const events = createRecentEvents(scrub);
  const first = happening('Rate limit reached');
  events.add('a.log', first, false, 'a.log');
  const repeat = {
    record: first.record,
    failure: first.failure,
    get diagnosis(): never {
      throw new Error('it was asked for');
    },
  };
  events.add('a.log', repeat, true, 'a.log');
  expect(events.take()).toMatchObject([{ count: 2 }]);
});

it('equal failures of two logs are two events', () => {
  const events = createRecentEvents(scrub);
  events.add('a.log', happening('Rate limit reached'), false, 'a.log');
  events.add('b.log', happening('Rate limit reached'), false, 'b.log');
  events.add('b.log', happening('Rate limit reached'), true, 'b.log');
  expect(events.take().map(({ path, count }) => [path, count])).toEqual([
    ['a.log', 1],
    ['b.log', 2],
  ]);
});

it('two thousand wait at most, and sixteen million characters of their records', () => {
  const events = createRecentEvents(scrub);
  for (let index = 0; index < 2_010; index += 1) events.add('a.log', happening('Rate limit reached'), false, 'a.log');
  expect(events.take().map(({ id }) => id)).toEqual(Array.from({ length: 2_000 }, (_, index) => 11 + index));
  const large = happening(`Rate limit reached ${'x '.repeat(20_000)}`);
  const chars = large.record.text.length;
  for (let index = 0; index < 600; index += 1) events.add('a.log', large, false, 'a.log');
  expect(events.take()).toHaveLength(Math.floor((16 * 1024 * 1024) / chars));
});
