import { createScrub, literal } from '../../src/text/scrub.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { sampleEvent, sampleIncident, sampleLogs, sampleModel, sampleProcess, sampleSnapshot } from './sample.ts';

const scrub = createScrub([]);

/** Names as they come: wide, composed, endless, and with what should turn a terminal over. */
const NAMES: readonly string[] = [
  '通义千问-最新版本-用于生产环境的模型',
  '👩‍👩‍👧‍👦-family-🇩🇪-flag-👍🏽',
  'é́́́-combining-e\u0301\u0301\u0301',
  `endless-${'x'.repeat(300)}`,
  'two\nlines\tand a tab',
  'clear\u001b[2Jscreen\u001b]0;title\u0007',
  'right\u202eto-left',
  'zero\u200bwidth',
  '',
];

/** A snapshot in which every text from outside is one of these. */
export function hostileSnapshot(): Snapshot {
  const base = sampleSnapshot();
  const name = (index: number): ReturnType<typeof scrub> => scrub(NAMES[index % NAMES.length] ?? '');
  const models = NAMES.map((text, index) =>
    sampleModel(scrub(text), index % 2 === 0 ? 'DOWN' : 'OK', {
      total: 5000,
      up: 4999,
      class: 'A_CLASS_OF_THE_USERS_OWN_WITH_A_LONG_NAME',
    }),
  );
  return {
    ...base,
    verdict: { ...base.verdict, summary: literal(NAMES.map((text) => scrub(text)).join(' ')), next: name(3) },
    path: NAMES.map((_, index) => ({ hop: literal(`provider:${name(index)}`), state: 'DOWN', why: name(index) })),
    gateway: {
      ...base.gateway,
      name: name(0),
      chat: { ...base.gateway.chat, model: name(1), why: name(3) },
      live: { ...base.gateway.live, failure: { code: 'REFUSED', status: null, text: name(3), next: name(0) } },
    },
    models,
    processes: NAMES.map((_, index) => sampleProcess(4_194_304 - index, { command: name(index), cpuPct: 25_600 })),
    incidents: NAMES.map((_, index) =>
      sampleIncident({
        id: `i${index}`,
        class: 'A_CLASS_OF_THE_USERS_OWN_WITH_A_LONG_NAME',
        target: name(index),
        title: name(index + 1),
        models: NAMES.map((_, at) => name(at)),
        count: 1_234_567,
        since: '1970-01-01T00:00:00.000Z',
      }),
    ),
    logs: {
      ...base.logs,
      sources: base.logs.sources.map((source) => ({
        ...source,
        path: name(3),
        why: name(0),
        behindBytes: 1e12,
        gaps: 9,
      })),
      events: NAMES.map((_, index) => sampleEvent(index, { text: name(index), record: name(index), count: 1e9 })),
    },
    watchtower: { ...base.watchtower, problems: [{ code: 'LOG_UNREADABLE', text: name(0), fix: name(3) }] },
  };
}

/** Nothing known at all. */
export function emptySnapshot(): Snapshot {
  const base = sampleSnapshot();
  return {
    ...base,
    models: [],
    processes: [],
    incidents: [],
    path: [],
    watchtowers: [],
    logs: sampleLogs({ sources: [], events: [], traffic: null }),
    host: { ...base.host, cpuPct: null, load1: null, memoryUsedBytes: null, memoryTotalBytes: null, disks: [] },
  };
}
