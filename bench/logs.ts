import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDiagnose } from '../src/diagnosis/diagnose.ts';
import { maybeError } from '../src/diagnosis/gate.ts';
import { followFile } from '../src/logs/follow/follow-file.ts';
import { createLogMonitor } from '../src/logs/monitor.ts';
import { createRecentEvents } from '../src/logs/recent-events.ts';
import { createEventReader } from '../src/logs/records/event-reader.ts';
import { createOwnProbes } from '../src/logs/records/own.ts';
import { createScrub } from '../src/text/scrub.ts';
import { DISTINCT } from './diagnosis.ts';
import type { Figure } from './figures.ts';
import { median } from './measure.ts';
import { peerFigures } from './peers.ts';

const LINES = Number(process.env.BENCH_LOG_LINES ?? 5_000_000);
const RECORDS = Math.max(1_000, LINES / 25);
const BLOCK_BYTES = 1024 * 1024;
const EVENTS_TIMED = 20;
const RATE = 1_000;
const RATE_S = 5;

/** What a healthy gateway writes, 12 lines of it. */
const CALM_LINES = Array.from({ length: 12 }, (_, n) =>
  n % 3 === 2
    ? `08:14:0${n % 10} - LiteLLM Router:INFO: router.py:1301 - litellm.acompletion(model=openai/gpt-4o) 200 OK\n`
    : `INFO:     10.4.0.${n}:401${n}0 - "POST /v1/chat/completions HTTP/1.1" 200 OK\n`,
);
const CALM = CALM_LINES.join('');

const errorRecord = (said: string): string =>
  `08:14:02 - LiteLLM Proxy:ERROR: common_request_processing.py:644 - litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - ${said}\n`;
/** The same failure each time, with another id and another number. */
const errorLine = (n: number): string =>
  errorRecord(
    `litellm.RateLimitError: RateLimitError: OpenAIException - Rate limit reached for gpt-4o in organization org-${n} on requests per min: Limit 3, Used ${n}`,
  );

/** What reading a log costs, from the file to the event. */
export async function logFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-bench-'));
  try {
    const calm = join(folder, 'calm.log');
    writeFileSync(calm, '');
    for (let left = LINES / 12; left > 0; left -= 10_000) appendFileSync(calm, CALM.repeat(Math.min(left, 10_000)));
    const errors = join(folder, 'errors.log');
    writeFileSync(errors, Array.from({ length: RECORDS }, (_, n) => errorLine(n)).join(''));
    const read = readWhole(calm);
    const alike = readWhole(errors);
    const distinct = join(folder, 'distinct.log');
    writeFileSync(distinct, DISTINCT.map(({ text }) => errorRecord(text)).join(''));
    const unlike = readWhole(distinct);
    const [p50, p99] = await delays(join(folder, 'live.log'));
    return [
      { what: 'benign lines from file to decision', value: read.lines / read.seconds, unit: '/s', atLeast: 2_000_000 },
      ...peerFigures(CALM_LINES, LINES),
      {
        what: 'errors of one failure, each with other ids, from file to event',
        value: RECORDS / alike.seconds,
        unit: '/s',
        atLeast: 50_000,
      },
      {
        what: 'errors of which no two are alike, each diagnosed, from file to event',
        value: DISTINCT.length / unlike.seconds,
        unit: '/s',
        budget: null,
      },
      { what: `memory over ${read.lines.toLocaleString('en')} lines`, value: read.grownMb, unit: 'MB', budget: 20 },
      { what: 'from write to event, p50', value: p50, unit: 'ms', budget: 2_000 },
      { what: 'from write to event, p99', value: p99, unit: 'ms', budget: 2_000 },
      {
        what: `CPU at ${RATE} lines a second`,
        value: await cpuPct(join(folder, 'steady.log')),
        unit: '% of a core',
        budget: null,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads a log as the monitor does, its events kept as it keeps them. */
function readWhole(path: string): { lines: number; seconds: number; grownMb: number } {
  const scrub = createScrub([]);
  const reader = createEventReader({
    diagnose: createDiagnose({ scrub }),
    gate: maybeError,
    isOwn: () => false,
    onEvent: createRecentEvents(scrub).add,
  });
  const source = followFile(path, { past: 'whole' });
  // What a program takes once is no growth: it counts from the first tenth on.
  let before = 0;
  const from = performance.now();
  do {
    for (const item of source.poll(0, BLOCK_BYTES)) if (item.type === 'lines') reader.feed(path, item, 0, 0);
    if (before === 0 && source.status().lines > LINES / 10) before = process.memoryUsage().rss;
  } while (source.status().behindBytes > 0);
  reader.flush();
  const seconds = (performance.now() - from) / 1000;
  const grownMb = Math.max(0, (process.memoryUsage().rss - before) / 1_048_576);
  const { lines } = source.status();
  void source.close();
  return { lines, seconds, grownMb };
}

function follow(path: string): ReturnType<typeof createLogMonitor> {
  const scrub = createScrub([]);
  return createLogMonitor(
    { files: [path], journal: null, container: null, pids: [], stateDir: null },
    { diagnose: createDiagnose({ scrub }), gate: maybeError, scrub, own: createOwnProbes({ keyHash: null }) },
  );
}

/** One error at a time, written to a file that is followed; how long until its event can be taken, ms. */
async function delays(path: string): Promise<[p50: number, p99: number]> {
  writeFileSync(path, '');
  const monitor = follow(path);
  monitor.start();
  const times: number[] = [];
  for (let n = 0; n < EVENTS_TIMED; n += 1) {
    appendFileSync(path, errorLine(n));
    const from = performance.now();
    while (monitor.take().length === 0) await sleep(5);
    times.push(performance.now() - from);
    await sleep(37);
  }
  await monitor.stop();
  return [median(times), Math.max(...times)];
}

async function cpuPct(path: string): Promise<number> {
  writeFileSync(path, '');
  const monitor = follow(path);
  monitor.start();
  const text = CALM.repeat(Math.ceil(RATE / 12 / 10));
  const before = process.cpuUsage();
  const from = performance.now();
  for (let tenth = 0; tenth < RATE_S * 10; tenth += 1) {
    appendFileSync(path, text);
    await sleep(100);
  }
  const { user, system } = process.cpuUsage(before);
  await monitor.stop();
  return ((user + system) / 1000 / (performance.now() - from)) * 100;
}
