import { describe, expect, it } from 'vitest';
import { maybeError } from '../../../src/diagnosis/gate.ts';
import { accessOf } from '../../../src/logs/records/access-line.ts';
import { createAssembler, type LogRecord } from '../../../src/logs/records/assembler.ts';
import { createJudge } from '../../../src/logs/records/happening.ts';
import { headFields } from '../../../src/logs/records/head-fields.ts';
import { leastMs } from '../../support/least-time.ts';
import { eventsOf, lines, NOW, recordsOf } from './reading.ts';

/** Replayable with SEED=n. */
const SEED = Number(process.env.SEED ?? 1);

function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

const KINDS = [
  'INFO:     10.0.0.9:1 - "POST /v1/chat/completions HTTP/1.1" 200 OK',
  'INFO:     10.0.0.9:1 - "POST /v1/chat/completions HTTP/1.1" 402 Payment Required',
  '08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - litellm.Timeout: Request timed out',
  '08:14:02 - LiteLLM Proxy:DEBUG: a.py:1 - Request received by LiteLLM:',
  '08:14:02 - LiteLLM Router:INFO: router.py:1 - litellm.acompletion(model=x) 200 OK',
  '{"model": "x", "messages": [{"role": "user", "content": "error: fatal"}]}',
  '{"message": "litellm.Timeout: x", "level": "ERROR", "timestamp": "2026-11-24T08:00:00.1"}',
  'Traceback (most recent call last):',
  '  File "/opt/x.py", line 12, in f',
  '    raise e',
  'litellm.Timeout: Request timed out',
  'During handling of the above exception, another exception occurred:',
  '',
  '  + Exception Group Traceback (most recent call last):',
  '  | ValueError: x',
  'a line of nobody',
  'fatal: something is wrong with it',
  'litellm-1  | ERROR:    Exception in ASGI application',
  'Nov 24 08:14:02 host sshd[9]: error: failed',
  'Nov 24 08:14:02 host litellm[1]: Traceback (most recent call last):',
  '╭──── Traceback (most recent call last) ────╮',
  '\u001b[92m08:14:02 - LiteLLM:WARNING\u001b[0m: a.py:1 - database is unreachable',
  '[2026-11-24 08:14:02 +0000] [12] [ERROR] Worker (pid:13) was sent SIGKILL! Perhaps out of memory?',
];

function logOf(seed: number, length: number): string[] {
  const random = randomFrom(seed);
  return Array.from({ length }, () => KINDS[random(KINDS.length)] as string);
}

/** Read in blocks of whole lines whose lengths `size` tells. */
function readIn(log: readonly string[], size: () => number): LogRecord[] {
  const records: LogRecord[] = [];
  const assembler = createAssembler({ gate: maybeError, onRecord: (record) => records.push(record) });
  let offset = 0;
  for (let at = 0; at < log.length; ) {
    const next = at + size();
    const block = Buffer.from(
      log
        .slice(at, next)
        .map((line) => `${line}\n`)
        .join(''),
    );
    assembler.feed(lines(block, { offset }), NOW, 0);
    offset += block.length;
    // what a source gave is its own again
    block.fill(0xff);
    at = next;
  }
  assembler.flush();
  return records;
}

describe(`random logs (SEED=${SEED})`, () => {
  it('give records that share no line, in the order of the log', () => {
    for (let round = 0; round < 300; round += 1) {
      const log = logOf(SEED * 1000 + round, 60);
      const starts = new Map<number, number>();
      let offset = 0;
      for (const [index, line] of log.entries()) {
        starts.set(offset, index);
        offset += Buffer.byteLength(line) + 1;
      }
      let free = 0;
      for (const record of readIn(log, () => 1_000)) {
        const first = starts.get(record.offset);
        expect(first, `round ${round}: a record begins where a line does`).toBeDefined();
        expect(first, `round ${round}: ${record.text}`).toBeGreaterThanOrEqual(free);
        free = (first as number) + record.lines;
      }
      expect(free).toBeLessThanOrEqual(log.length);
    }
  });

  it('give the same records however they are cut into blocks', () => {
    for (let round = 0; round < 300; round += 1) {
      const log = logOf(SEED * 1000 + round, 60);
      const random = randomFrom(round);
      const form = (one: LogRecord): string => `${one.offset} ${one.lines} ${one.level} ${one.headed}`;
      const whole = readIn(log, () => 1_000).map(form);
      expect(readIn(log, () => 1).map(form), `round ${round}, line by line`).toEqual(whole);
      expect(readIn(log, () => 1 + random(9)).map(form), `round ${round}, block by block`).toEqual(whole);
    }
  });

  it('of bytes never throw', () => {
    const random = randomFrom(SEED);
    for (let round = 0; round < 2_000; round += 1) {
      const noise = Buffer.from(Array.from({ length: random(300) }, () => random(256)));
      const start = KINDS[random(KINDS.length)] as string;
      eventsOf(Buffer.concat([Buffer.from(start.slice(0, random(start.length + 1))), noise, Buffer.from('\n')]));
    }
  });
});

/** Forms that a careless expression would read again and again. */
const LONG = 64 * 1024;
const FORMS: [string, string][] = [
  ['digits', '1'.repeat(LONG)],
  ['blanks', ' '.repeat(LONG)],
  ['escapes', '\u001b['.repeat(LONG / 2)],
  ['colours', '\u001b[31m'.repeat(LONG / 5)],
  ['dashes', ' - '.repeat(LONG / 3)],
  ['quotes', ' - "GET /'.repeat(LONG / 9)],
  ['an access line without an end', `INFO:     10.0.0.9:1 - "GET /${'a'.repeat(LONG)}`],
  ['an access line of quotes', `INFO:     10.0.0.9:1 - "GET /${'a"'.repeat(LONG / 2)}`],
  ['a log object without an end', `{"level": "ERROR", "message": "${'\\"'.repeat(LONG / 2)}`],
  ['an object of objects', '{"a":'.repeat(LONG / 5)],
  ['a head of logger names', `ERROR:${'a.'.repeat(LONG / 2)}`],
  ['a head of spaces', `ERROR:${' '.repeat(LONG)}`],
  ['a LiteLLM head without an end', `08:14:02 - LiteLLM${' Proxy'.repeat(LONG / 6)}`],
  ['a date again and again', '2026-11-24 08:14:02,123 '.repeat(LONG / 24)],
  ['brackets', '[2026-11-24 08:14:02 +0000] ['.repeat(LONG / 29)],
  ['tags', `Nov 24 08:14:02 host ${'a]:'.repeat(LONG / 3)}`],
  ['call ids', 'litellm_call_id='.repeat(LONG / 16)],
  ['ids', 'req_0123456789-'.repeat(LONG / 15)],
  ['margins', '  | '.repeat(LONG / 4)],
  ['tracebacks', 'Traceback (most recent call last): '.repeat(LONG / 35)],
];

describe('a line of 64 KiB', () => {
  it.each(FORMS)('of %s takes no longer than it is long', (_, line) => {
    const bytes = Buffer.from(`${line}\n`);
    const spent = leastMs(() => {
      recordsOf(bytes.toString(), () => true);
      accessOf(bytes, 0, bytes.length - 1);
      headFields(line);
    }, 10);
    expect(spent).toBeLessThan(10);
  });

  it.each([
    ['of one line each', `08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - x\n${'a\n'.repeat(LONG / 2)}`],
    ['of blank lines', `Traceback (most recent call last):\n${'\n'.repeat(LONG)}`],
    ['of suspicious lines', 'fatal: x\n'.repeat(LONG / 9)],
    [
      'of suspicious lines under a calm head',
      `08:14:02 - LiteLLM:DEBUG: a.py:1 - x\n${'fatal: x\n\n'.repeat(LONG / 10)}`,
    ],
    [
      'of links',
      `Traceback (most recent call last):\n${'\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\nSystemExit: 1\n'.repeat(LONG / 140)}`,
    ],
    ['of margins', `  + Exception Group Traceback (most recent call last):\n${'  | \n'.repeat(LONG / 5)}`],
  ])('is a record %s as well', (_, text) => {
    const judge = createJudge(() => null);
    const spent = leastMs(() => {
      for (const record of recordsOf(text)) judge(record, NOW);
    }, 40);
    expect(spent).toBeLessThan(40);
  });
});

it('a log without heads is told in pieces, not kept', () => {
  const records = recordsOf(`${'fatal: x\n'.repeat(5_000)}`);
  expect(records).toHaveLength(5_000);
  const [one] = recordsOf(`08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - x\n${'no head\n'.repeat(5_000)}`);
  expect(one?.lines).toBe(2_000);
});

it('a record that never pauses is told after ten seconds', () => {
  const records: LogRecord[] = [];
  const assembler = createAssembler({ gate: maybeError, onRecord: (record) => records.push(record) });
  assembler.feed(lines('08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - x\n'), NOW, 0);
  for (let now = 500; now <= 10_000; now += 500) {
    expect(records).toHaveLength(0);
    assembler.feed(lines('    more\n'), NOW, now);
    assembler.settle(now);
  }
  expect(records).toHaveLength(1);
});

it.each([
  ['in number', 10, 2_048],
  ['in size', 11_000, 380],
])('what is remembered of failures is bounded %s', (_, chars, kept) => {
  const met = 3_000;
  let asked = 0;
  const judge = createJudge(() => {
    asked += 1;
    return null;
  });
  const meet = (index: number): number => {
    const [record] = recordsOf(`08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - a${index}z ${'x'.repeat(chars)}\n`);
    const before = asked;
    judge(record as LogRecord, NOW);
    return asked - before;
  };
  for (let index = 0; index < met; index += 1) expect(meet(index)).toBe(1);
  // the second of its kind is diagnosed, the third is not
  const again = (index: number): number[] => [meet(index), meet(index)];
  expect(again(met - 1), 'the last is known').toEqual([1, 0]);
  expect(again(met - Math.floor(kept * 0.9)), 'so is a late one').toEqual([1, 0]);
  expect(again(met - Math.ceil(kept * 1.1)), 'an early one is not').toEqual([1, 1]);
});
