import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { classify } from '../src/diagnosis/classify.ts';
import { createDiagnose } from '../src/diagnosis/diagnose.ts';
import { maybeError } from '../src/diagnosis/gate.ts';
import { redact } from '../src/text/redact.ts';
import { sanitise } from '../src/text/sanitise.ts';
import { createScrub } from '../src/text/scrub.ts';
import type { Figure } from './figures.ts';

/** What a healthy gateway writes all day, in the shares in which it does. */
const CALM = [
  'INFO:     10.4.0.9:40100 - "GET /health/liveliness HTTP/1.1" 200 OK',
  'INFO:     10.4.0.9:40102 - "POST /v1/chat/completions HTTP/1.1" 200 OK',
  'INFO:     10.4.0.9:40103 - "POST /v1/chat/completions HTTP/1.1" 200 OK',
  '10.4.0.9:40104 - "POST /v1/embeddings HTTP/1.1" 200',
  '08:14:02 - LiteLLM Router:INFO: router.py:1301 - litellm.acompletion(model=openai/gpt-4o) 200 OK',
  '08:14:02 - LiteLLM Proxy:DEBUG: utils.py:2102 - Inside Max Budget Limiter Pre-Call Hook',
  '  File "/usr/lib/python3.13/site-packages/litellm/router.py", line 1462, in acompletion',
  '{"message": "10.4.0.9:42900 - \\"GET /health/liveliness HTTP/1.1\\" 200", "level": "INFO", "timestamp": "2026-11-21T08:14:02.118402", "component": "uvicorn.access", "logger": "httptools_impl.py:483"}',
].map((line) => Buffer.from(line));

const ERRORS = readFileSync('test/fixtures/diagnosis/dev.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { text: string; source: 'log' | 'chat' | 'health' | 'system'; labels: string[] })
  .filter(({ labels }) => labels.length > 0);

/** Thousands of errors, no two alike: each has an id of its own where a request id would stand. */
export const DISTINCT = Array.from({ length: 40 }, (_none, round) =>
  ERRORS.map(({ text, source }, index) => ({ text: withId(text, `${round}x${index}ab`), source })),
).flat();

function withId(text: string, id: string): string {
  const made = /[}\]]\s*$/.test(text) ? text.replace(/([^\\])"(\s*[}\]]+\s*)$/, `$1 ${id}"$2`) : `${text} ${id}`;
  return Buffer.from(made).toString();
}

/** Windows of a rate, and how long each is, ms. */
const WINDOWS = 12;
const WINDOW_MS = 750;

/**
 * How many items a second, of which `turn` does `items`: the best of the windows. Another tenant of the machine takes half of a
 * core for seconds at a time, and only ever slows.
 */
function perSecond(items: number, turn: () => void): number {
  const inWindow = (): number => {
    const from = performance.now();
    let done = 0;
    while (performance.now() - from < WINDOW_MS) {
      turn();
      done += items;
    }
    return (done / (performance.now() - from)) * 1000;
  };
  return Math.round(Math.max(...Array.from({ length: WINDOWS }, inWindow)));
}

/** Benign log lines decided on their bytes, a second, one core. */
function benignLinesPerSecond(): number {
  let passed = 0;
  return perSecond(CALM.length * 100, () => {
    for (let turn = 0; turn < 100; turn++) for (const line of CALM) if (maybeError(line, 0, line.length)) passed++;
    if (passed > 0) throw new Error('a benign line passed the gate');
  });
}

/** Distinct errors given a class, a second, one core: no two of 7,000 are alike. */
function errorsClassifiedPerSecond(): number {
  return perSecond(DISTINCT.length, () => DISTINCT.forEach((one) => void classify(one)));
}

/** The same, with provider, times, fix, link, fingerprint and everything scrubbed: a whole `Diagnosis`. */
function errorsDiagnosedPerSecond(): number {
  const diagnose = createDiagnose({ scrub: createScrub(['sk-a-key-that-is-known']) });
  return perSecond(DISTINCT.length, () => DISTINCT.forEach((one) => void diagnose(one)));
}

const TEXTS = ERRORS.map(({ text }) => text);
const TEXTS_KB = TEXTS.reduce((sum, text) => sum + text.length, 0) / 1024;

/** Microseconds for a KB of real error texts, one by one as they come. */
function redactUsPerKb(): number {
  return usPerKb((text) => redact(text, ['sk-a-key-that-is-known']));
}

/** The same. */
function sanitiseUsPerKb(): number {
  return usPerKb(sanitise);
}

function usPerKb(run: (text: string) => string): number {
  const times = perSecond(1, () => TEXTS.forEach((text) => void run(text)));
  return Math.round((1_000_000 / times / TEXTS_KB) * 10) / 10;
}

/** Growth of the heap over `lines` lines, one in a thousand an error with an id of its own, MB. */
function heapGrowthMb(lines = 5_000_000): number {
  const diagnose = createDiagnose({ scrub: createScrub([]) });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const step = (from: number, to: number) => {
    for (let line = from; line < to; line++) {
      const bytes = CALM[line % CALM.length] as Buffer;
      if (maybeError(bytes, 0, bytes.length)) throw new Error('a benign line passed the gate');
      if (line % 1000 === 0) diagnose({ text: `${ERRORS[line % ERRORS.length]?.text} id${line}`, source: 'log' });
    }
  };
  step(0, lines / 10);
  collect();
  const before = process.memoryUsage().heapUsed;
  step(lines / 10, lines);
  collect();
  return Math.round(((process.memoryUsage().heapUsed - before) / 1_048_576) * 10) / 10;
}

/** What the text of failures costs. */
export function diagnosisFigures(): Figure[] {
  return [
    { what: 'benign log lines decided on their bytes', value: benignLinesPerSecond(), unit: '/s', atLeast: 2_000_000 },
    { what: 'distinct errors given a class', value: errorsClassifiedPerSecond(), unit: '/s', atLeast: 50_000 },
    { what: 'distinct errors diagnosed whole', value: errorsDiagnosedPerSecond(), unit: '/s', budget: null },
    { what: 'redact', value: redactUsPerKb(), unit: 'us/KB', budget: 20 },
    { what: 'sanitise', value: sanitiseUsPerKb(), unit: 'us/KB', budget: null },
    { what: 'heap over 5 million lines', value: heapGrowthMb(), unit: 'MB', budget: 5 },
  ];
}
