import { describe, expect, it } from 'vitest';
import { createAssembler, type LogRecord } from '../../../src/logs/records/assembler.ts';
import { eventsOf, lines, NOW, recordsOf } from './reading.ts';

const HEAD = '08:14:02 - LiteLLM Proxy:ERROR: common_request_processing.py:644 - ';
const FRAME = '  File "/venv/litellm/main.py", line 486, in acompletion\n    raise exception_type(\n';
const open = (): boolean => true;

describe('a record', () => {
  it('is a traceback of 60 lines, with the text of its head', () => {
    const text = `${HEAD}litellm.Timeout: Request timed out\nTraceback (most recent call last):\n${FRAME.repeat(29)}litellm.Timeout: Request timed out\n`;
    const records = recordsOf(`${text}INFO:     10.0.0.9:1 - "GET / HTTP/1.1" 200 OK\n`);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ level: 'ERROR', logger: 'LiteLLM Proxy', lines: 61, offset: 0 });
  });

  it('is history only where all of its lines are: one that was being written at a restart is new', () => {
    const records: LogRecord[] = [];
    const assembler = createAssembler({ gate: open, onRecord: (record) => records.push(record) });
    assembler.feed(lines(`${HEAD}before\n`, { old: true }), NOW, 0);
    assembler.feed(lines(`${HEAD}boom\nTraceback (most recent call last):\n`, { old: true }), NOW, 0);
    assembler.feed(lines(`${FRAME}ValueError: a\n`), NOW, 0);
    assembler.flush();
    expect(records.map((one) => [one.lines, one.old])).toEqual([
      [1, true],
      [5, false],
    ]);
  });

  it('is a chained traceback, blank lines and all', () => {
    const chain = `Traceback (most recent call last):\n${FRAME}ValueError: a\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n${FRAME}litellm.APIError: b\n`;
    expect(recordsOf(`${HEAD}boom\n${chain}${HEAD}next\n`).map((one) => one.lines)).toEqual([12, 1]);
  });

  it('is a nested exception group', () => {
    const group =
      '  + Exception Group Traceback (most recent call last):\n  |   File "a.py", line 1\n  +-+---------------- 1 ----------------\n    | ValueError: x\n    +------------------------------------\n';
    expect(
      recordsOf(`ERROR:    Exception in ASGI application\n${group}INFO:     Waiting for application startup.\n`),
    ).toHaveLength(1);
  });

  it('of two workers at once is bounded: at worst two records, nothing lost', () => {
    const one = `${HEAD}litellm.Timeout: one\nTraceback (most recent call last):\n`;
    const records = recordsOf(`${one}${one}${FRAME}${FRAME}litellm.Timeout: one\nlitellm.Timeout: one\n`);
    expect(records).toHaveLength(2);
    expect(records.reduce((sum, record) => sum + record.lines, 0)).toBe(10);
  });

  it('keeps 200 lines and 64 KiB, and counts them all', () => {
    const [long] = recordsOf(`${HEAD}x\n${'    at somewhere\n'.repeat(1000)}`);
    expect(long?.lines).toBe(1001);
    expect(long?.text.split('\n')).toHaveLength(200);
    const [wide] = recordsOf(`${HEAD}x\n${`    ${'y'.repeat(40_000)}\n`.repeat(4)}`);
    expect(wide?.lines).toBe(5);
    expect(Buffer.byteLength(wide?.text ?? '')).toBeLessThanOrEqual(64 * 1024);
  });

  it('that nobody ends is told after a second', () => {
    const records: LogRecord[] = [];
    const assembler = createAssembler({ gate: open, onRecord: (record) => records.push(record) });
    assembler.feed(lines(`${HEAD}litellm.Timeout: x\nTraceback (most recent call last):\n`), NOW, 1_000);
    assembler.settle(1_900);
    expect(records).toHaveLength(0);
    assembler.feed(lines(FRAME, { offset: 100 }), NOW, 1_900);
    assembler.settle(2_800);
    expect(records).toHaveLength(0);
    assembler.settle(2_900);
    expect(records.map((one) => one.lines)).toEqual([4]);
  });

  it('goes on in the next block, and its bytes may be overwritten meanwhile', () => {
    const records: LogRecord[] = [];
    const assembler = createAssembler({ gate: open, onRecord: (record) => records.push(record) });
    const block = Buffer.from(`${HEAD}first\n`);
    assembler.feed(lines(block), NOW, 0);
    block.fill(0x20);
    assembler.feed(lines(FRAME, { offset: block.length }), NOW, 0);
    assembler.flush();
    expect(records[0]?.text).toContain('first\n  File');
  });

  it('of one stream is never glued to that of another', () => {
    const records: LogRecord[] = [];
    const assembler = createAssembler({ gate: open, onRecord: (record) => records.push(record) });
    assembler.feed(lines(`${HEAD}a\n`, { stream: 'stderr' }), NOW, 0);
    assembler.feed(lines('INFO:     Started server process [1]\n', { stream: 'stdout' }), NOW, 0);
    assembler.feed(lines(FRAME, { stream: 'stderr' }), NOW, 0);
    assembler.flush();
    expect(records.map((one) => one.lines).sort()).toEqual([1, 3]);
  });

  it('begins where its harmless head stands when trouble follows it', () => {
    const debug =
      '08:14:02 - LiteLLM:DEBUG: utils.py:1 - POST Request Sent from LiteLLM:\ncurl -X POST \\\n-d \'{"content": "AuthenticationError 401: invalid api key"}\'\n';
    const whole = recordsOf(debug);
    expect(whole).toMatchObject([{ level: 'DEBUG', offset: 0, lines: 3 }]);
    expect(eventsOf(debug)).toEqual([]);
    const records: LogRecord[] = [];
    const assembler = createAssembler({
      gate: (b, s, e) => Buffer.from(b.subarray(s, e)).includes('401'),
      onRecord: (r) => records.push(r),
    });
    const cut = debug.indexOf('-d ');
    assembler.feed(lines(debug.slice(0, cut)), NOW, 0);
    assembler.feed(lines(debug.slice(cut), { offset: cut }), NOW, 0);
    assembler.flush();
    expect(records).toMatchObject([{ level: 'DEBUG', offset: 0, lines: 3 }]);
  });

  it.each([
    ['a prefix in the middle of a line', `${HEAD}x trace_id=1 ${HEAD}forged\n`, 1],
    ['a prefix that is indented', `${HEAD}x\n  ${HEAD}forged\n`, 1],
    ['a level of one word without its padding', `${HEAD}x\nERROR: forged\n`, 1],
    ['a time without LiteLLM behind it', `${HEAD}x\n08:14:02 - forged:ERROR: x\n`, 1],
    ['a real head', `${HEAD}x\n${HEAD}y\n`, 2],
    ['a colour before it', `${HEAD}x\n\u001b[92m${HEAD}y\n`, 2],
  ])('starts at its own head alone: %s', (_, text, count) => {
    expect(recordsOf(text, open)).toHaveLength(count);
  });
});

describe('the head of a record', () => {
  it.each([
    ['08:14:02 - LiteLLM Router:WARNING: router.py:1 - x', 'WARNING', 'LiteLLM Router', null],
    ['\u001b[92m08:14:02 - LiteLLM Proxy:ERROR\u001b[0m: a.py:1 - x', 'ERROR', 'LiteLLM Proxy', null],
    ['ERROR:LiteLLM Proxy:x', 'ERROR', 'LiteLLM Proxy', null],
    ['ERROR:    Exception in ASGI application', 'ERROR', 'uvicorn', null],
    ['[2026-11-24 08:14:02 +0000] [12] [CRITICAL] WORKER TIMEOUT (pid:13)', 'CRITICAL', 'gunicorn', 12],
    ['prisma:error', 'ERROR', 'prisma', null],
    ['2026-11-24 08:14:02,123 - uvicorn.error - ERROR - x', 'ERROR', 'uvicorn.error', null],
    [
      '{"message": "x", "level": "ERROR", "timestamp": "2026-11-24T08:14:02.1", "component": "LiteLLM Proxy"}',
      'ERROR',
      'LiteLLM Proxy',
      null,
    ],
    ['Nov 24 08:14:02 host litellm[12]: ERROR:    Exception in ASGI application', 'ERROR', 'uvicorn', null],
    ['litellm-1  | ERROR:    Exception in ASGI application', 'ERROR', 'uvicorn', null],
  ])('%s', (head, level, logger, pid) => {
    expect(recordsOf(`${head}\n`, open)).toMatchObject([{ level, logger, pid }]);
    expect(recordsOf(`${HEAD}x\n${head}\n`, open)).toHaveLength(2);
  });

  it('is read behind the prefix of a journal, line by line, and what follows belongs to it', () => {
    const at = 'Nov 24 08:14:02 host litellm[12]: ';
    const text = `${at}${HEAD}litellm.Timeout: x\n${at}Traceback (most recent call last):\n${at}  File "a.py"\n`;
    expect(recordsOf(text)).toMatchObject([{ lines: 3, text: expect.stringMatching(/^08:14:02 - LiteLLM/) }]);
  });
});

describe('whatever a log holds', () => {
  it('never throws, and every line is in a record or passed over', () => {
    let seed = 42;
    const random = (): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed / 0x7fffffff;
    };
    const starts = [
      HEAD,
      'INFO:     ',
      '{"',
      '[2026-',
      '\u001b[31m',
      'Traceback (most recent call last):',
      '  File',
      ' - "',
      '12',
    ];
    for (let round = 0; round < 300; round += 1) {
      let text = '';
      let count = 0;
      for (let line = 0; line < 20; line += 1) {
        const noise = Buffer.from(Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256)));
        text += `${random() < 0.5 ? starts[Math.floor(random() * starts.length)] : ''}${noise.toString('latin1').replaceAll('\n', '')}\n`;
        count += 1;
      }
      const records = recordsOf(text, open);
      expect(records.reduce((sum, record) => sum + record.lines, 0)).toBe(count);
      expect(() => eventsOf(text)).not.toThrow();
    }
  });
});
