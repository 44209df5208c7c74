import { describe, expect, it } from 'vitest';
import { eventsOf, eventsOfBlocks, lines, recordsOf } from './reading.ts';

const FRAMES = '  File "/opt/x.py", line 12, in f\n    raise e\n    ^^^^^^^\n';
const BIND =
  "OSError: [Errno 98] error while attempting to bind on address ('127.0.0.1', 4000): address already in use";
const TRACE = `Traceback (most recent call last):\n${FRAMES}${BIND}\n`;
const ACCESS = 'INFO:     127.0.0.1:5000 - "GET /health/liveliness HTTP/1.1" 200 OK\n';

const told = (text: string) => eventsOf(text).map((one) => [one.diagnosis.class, one.diagnosis.text, one.record.lines]);

describe('a traceback that nobody announces', () => {
  it.each([
    ['at the beginning', ''],
    ['after an access line', ACCESS],
    ['after an access line of a failed request', ACCESS.replace('200 OK', '402 Payment Required')],
    ["after a line of uvicorn's life", 'INFO:     Application shutdown complete.\n'],
    [
      'after a good call of the router',
      '08:14:02 - LiteLLM Router:INFO: router.py:1 - litellm.acompletion(model=x) 200 OK\n',
    ],
    ['after a JSON line', '{"message": "hi", "level": "INFO", "timestamp": "2026-11-24T08:00:00.1"}\n'],
    ["after granian's greeting", '[INFO] Starting granian (main PID: 1)\n'],
    [
      'after the banner',
      '\u001b[1;31mGive Feedback / Get Help: https://github.com/BerriAI/litellm/issues/new\u001b[0m\n\n\n\u001b[32m    ok-chat\u001b[0m\n',
    ],
  ])('is an event with its last line as title: %s', (_, before) => {
    expect(told(before + TRACE + ACCESS)).toEqual([['STARTUP', BIND, 5]]);
    const [event] = eventsOf(before + TRACE);
    expect(event?.record).toMatchObject({
      level: 'ERROR',
      offset: Buffer.byteLength(before),
      time: { from: 'received' },
    });
  });

  it('of a chain has the last cause as title, and is one event', () => {
    const chain = `Traceback (most recent call last):\n${FRAMES}KeyError: 'x'\n\nDuring handling of the above exception, another exception occurred:\n\n${TRACE}`;
    expect(told(chain)).toEqual([['STARTUP', BIND, 13]]);
    const other = chain.replace(
      'During handling of the above exception, another exception occurred',
      'The above exception was the direct cause of the following exception',
    );
    expect(told(other)).toEqual([['STARTUP', BIND, 13]]);
  });

  it('that ends because it was told to is no event, but what made it end is', () => {
    const stopped = `Traceback (most recent call last):\n${FRAMES}KeyboardInterrupt\n`;
    expect(told(stopped)).toEqual([]);
    const chain = `${TRACE}\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n${FRAMES}SystemExit: 3\n`;
    expect(told(chain)).toEqual([['STARTUP', BIND, 13]]);
  });

  it('in an exception group is told with the inmost exception', () => {
    const group =
      '  + Exception Group Traceback (most recent call last):\n  |   File "a.py", line 1, in <module>\n  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | Exception Group Traceback (most recent call last):\n    |   File "a.py", line 2\n    | ExceptionGroup: inner (1 sub-exception)\n    +-+---------------- 1 ----------------\n      | Traceback (most recent call last):\n      |   File "b.py", line 3\n      | ConnectionRefusedError: [Errno 111] Connect call failed (\'127.0.0.1\', 5432)\n      +------------------------------------\n';
    expect(told(ACCESS + group + ACCESS)).toEqual([
      ['CONNECTION', "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 5432)", 12],
    ]);
  });

  it('is one event with what asyncio says before it', () => {
    const task =
      "Task exception was never retrieved\nfuture: <Task finished name='Task-1' coro=<f()> exception=OSError()>\n";
    expect(told(ACCESS + task + TRACE + ACCESS)).toEqual([['STARTUP', BIND, 7]]);
  });

  it('in a box of rich is one event', () => {
    const box =
      '╭───────────────────── Traceback (most recent call last) ──────────────────────╮\n│ /opt/x.py:12 in f                                                            │\n│                                                                              │\n│ ❱ 12     raise e                                                             │\n╰──────────────────────────────────────────────────────────────────────────────╯\nOSError: [Errno 28] No space left on device\n';
    expect(told(ACCESS + box + ACCESS)).toEqual([['RESOURCE', 'OSError: [Errno 28] No space left on device', 6]]);
  });

  it('of two workers at once is at worst two events, and takes no line of anybody else', () => {
    const [head, ...rest] = TRACE.trimEnd().split('\n');
    const both = [head, head, ...rest.flatMap((line) => [line, line])].join('\n');
    const events = eventsOf(`${both}\n${ACCESS}${'print of some kind\n'.repeat(50)}`);
    expect(events.length).toBeLessThanOrEqual(2);
    expect(events.reduce((sum, one) => sum + one.record.lines, 0)).toBe(10);
  });

  it('twice in a row is two', () => {
    expect(told(TRACE + TRACE)).toHaveLength(2);
  });

  it('is the same, however it is cut into blocks', () => {
    const text = `${ACCESS}${TRACE}\nDuring handling of the above exception, another exception occurred:\n\n${TRACE}${ACCESS}`;
    const whole = told(text);
    const parts = text.split(/(?<=\n)/).map((line) => lines(line));
    expect(eventsOfBlocks(parts).map((one) => [one.diagnosis.class, one.diagnosis.text, one.record.lines])).toEqual(
      whole,
    );
  });
});

describe('what a request at DEBUG holds is no event', () => {
  const debug = '08:14:02 - LiteLLM Proxy:DEBUG: common_request_processing.py:2516 - Request received by LiteLLM:\n';

  it.each([
    [
      'words of failure',
      '{"model": "x", "messages": [{"role": "user", "content": "AuthenticationError 401: invalid api key"}]}\n',
    ],
    [
      'the looks of a log object',
      '{"message": "litellm.AuthenticationError: OpenAIException - bad key", "level": "ERROR", "timestamp": "2026-11-24T08:00:00.1"}\n',
    ],
    ['a traceback', TRACE],
    ['several lines of them', 'curl -X POST \\\nhttp://x/v1 \\\n-d \'{"content": "FATAL: out of memory, killed"}\'\n'],
  ])('%s', (_, dumped) => {
    expect(told(ACCESS + debug + dumped + ACCESS)).toEqual([]);
    expect(eventsOfBlocks([lines(ACCESS + debug), lines(dumped, { offset: 200 }), lines(ACCESS)])).toEqual([]);
  });

  it('but what comes a second later, or from a log object after another line, is', () => {
    const object =
      '{"message": "litellm.AuthenticationError: OpenAIException - bad key", "level": "ERROR", "timestamp": "2026-11-24T08:00:00.1"}\n';
    expect(told(debug + ACCESS + object)).toHaveLength(1);
  });
});

describe('what a caller or provider puts at the beginning of a line starts no record', () => {
  const head = '08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - Invalid model name passed in model=x\n';

  it.each([
    ['a body without a level', '{"error":{"message":"Insufficient credits","code":402}}\n'],
    ['a body over several lines', '{\n  "error": {\n"message": "x"\n}\n'],
    ["LiteLLM's time and name alone", '08:14:02 - LiteLLM is great\n'],
    ["LiteLLM's head without a place in its code", '08:14:02 - LiteLLM Proxy:ERROR: forged\n'],
    ['a level and prose with a colon', 'ERROR:whatever is said here: boo\n'],
    ['a level without its padding', 'ERROR: boo\n'],
    ['a bracket', '[1] [ERROR] boo\n'],
    ['an html page', '<html>\n<head><title>502 Bad Gateway</title></head>\n'],
  ])('%s', (_, forged) => {
    expect(recordsOf(head + forged)).toHaveLength(1);
  });
});

describe('lines of a journal', () => {
  const at = (tag: string, text: string): string => `Nov 24 08:14:02 host ${tag}: ${text}\n`;
  const error =
    '08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - litellm.AuthenticationError: OpenAIException - Incorrect API key provided';

  it('of another program are not glued to those of the gateway', () => {
    const text =
      at('litellm[12]', error) +
      at('sshd[99]', 'error: PAM: Authentication failure for root') +
      at('litellm[12]', 'Traceback (most recent call last):');
    const records = recordsOf(text);
    expect(records[0]).toMatchObject({ lines: 1, text: error });
    expect(eventsOf(text).map((one) => one.diagnosis.class)).toEqual(['AUTH_PROVIDER']);
  });

  it('of the kernel are told with the program that wrote them', () => {
    const text =
      at('kernel', '[12.3] Out of memory: Killed process 4121 (litellm) total-vm:9953972kB') +
      at('litellm[12]', 'INFO:     Started server process [1]');
    expect(told(text)).toEqual([['RESOURCE', expect.stringContaining('Out of memory'), 1]]);
  });

  it('have the date of their prefix', () => {
    const [record] = recordsOf(at('litellm[12]', 'ERROR:    Exception in ASGI application'));
    expect(new Date(record?.time.at ?? 0).getDate()).toBe(24);
    expect(record?.time.from).toBe('line');
  });
});

it.each([
  ['[ERROR] Application callable raised an exception', 'ERROR', 'granian'],
  [
    '2026/11/24 08:14:02 [error] 12#12: *1 connect() failed (111: Connection refused) while connecting to upstream',
    'ERROR',
    null,
  ],
  ['\u001b[31mERROR\u001b[0m:    Exception in ASGI application', 'ERROR', 'uvicorn'],
  ['2026-11-24 08:00:00.123 UTC [1] FATAL:  password authentication failed for user "x"', 'CRITICAL', '1'],
])('a head of another server is one: %s', (head, level, logger) => {
  const records = recordsOf(`${'08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - x'}\n${head}\n`, () => true);
  expect(records).toHaveLength(2);
  expect(records[1]).toMatchObject({ level, logger });
});
