import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { isRight, LABELLED, type Labelled, type Recorded, readLines } from './fixtures.ts';

const diagnose = createDiagnose({ scrub: createScrub([]) });

function judge(item: Labelled): { got: string | null; good: boolean } {
  const got = diagnose({ text: item.text, source: item.source, status: item.http_status ?? null })?.class ?? null;
  return { got, good: isRight(item, got) };
}

/** LiteLLM's own alert, a bare line behind records at INFO, a refused WebSocket, a pool that only its name tells from any. */
const MISSED = [
  'g-080: BUDGET but null',
  'i-163: DATABASE but null',
  'j-264: AUTH_GATEWAY|AUTH_PROVIDER but null',
  'j-334: DATABASE but SERVER',
];

describe.each(LABELLED)('%s', (name) => {
  const items = readLines<Labelled>(name);
  const results = items.map((item) => ({ item, ...judge(item) }));

  test('every text gets its class, but for those that are known to be missed', () => {
    const wrong = results
      .filter(({ good }) => !good)
      .map(({ item, got }) => `${item.id}: ${item.labels.join('|') || 'nothing'} but ${got}`);
    expect(wrong).toEqual(MISSED.filter((missed) => items.some(({ id }) => missed.startsWith(`${id}:`))));
  });

  test('every text about an empty account is CREDITS', () => {
    const missed = results.filter(
      ({ item, got }) => item.labels[0] === 'CREDITS' && got !== 'CREDITS' && !item.labels.includes(got ?? '-'),
    );
    expect(missed.map(({ item }) => item.id)).toEqual([]);
  });

  test('no benign text raises an event', () => {
    expect(
      results
        .filter(({ item, got }) => item.labels.length === 0 && got !== null)
        .map(({ item, got }) => `${item.id} ${got}`),
    ).toEqual([]);
  });

  test('a database outage is never taken for a bad key, nor the reverse', () => {
    const keys = ['AUTH_GATEWAY', 'AUTH_PROVIDER'];
    const confused = results.filter(
      ({ item, got }) =>
        (item.labels[0] === 'DATABASE' && keys.includes(got ?? '')) ||
        (keys.includes(item.labels[0] ?? '') && got === 'DATABASE'),
    );
    expect(confused.map(({ item }) => item.id)).toEqual([]);
  });
});

describe('what real LiteLLM proxies wrote gets the class of its scenario', () => {
  const items = readLines<Recorded>('recordings.jsonl');

  test('there are texts of five releases in three forms', () => {
    expect(new Set(items.map(({ release }) => release)).size).toBe(5);
    expect(new Set(items.map(({ form }) => form))).toEqual(new Set(['chat', 'health', 'log']));
    expect(items.length).toBeGreaterThan(230);
  });

  test.each(items.map((item) => ({ ...item, name: `${item.release} ${item.form} ${item.scenario}: ${item.class}` })))(
    '$name',
    (item) => {
      const found = diagnose({ text: item.text, source: item.form, status: item.status });
      const accepted = item.also === null ? [item.class] : [item.class, item.also];
      expect(accepted).toContain(found?.class ?? null);
    },
  );
});
