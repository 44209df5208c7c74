import { describe, expect, it } from 'vitest';
import { maybeError } from '../../../src/diagnosis/gate.ts';
import type { Lines } from '../../../src/logs/records/assembler.ts';
import { createEventReader } from '../../../src/logs/records/event-reader.ts';
import { createTwins } from '../../../src/logs/records/twins.ts';
import { leastMs } from '../../support/least-time.ts';
import { diagnose, lines, NOW, recorded, sectionsOf } from './reading.ts';

const CREDITS =
  'litellm.APIError: APIError: OpenrouterException - {"error":{"message":"Insufficient credits","code":402}}';
const proxy = (time: string, text = CREDITS): string =>
  `${time} - LiteLLM Proxy:ERROR: common_request_processing.py:1 - litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - ${text}\n`;
const router = (time: string): string =>
  `${time} - LiteLLM Router:INFO: router.py:1 - litellm.acompletion(model=openrouter/x) Exception ${CREDITS}\n`;
const access = (port: number): string => `INFO:     10.0.0.9:${port} - "POST /v1/chat/completions HTTP/1.1" 200 OK\n`;
/** Noon of that day, as the journal tells it. */
const stampOf = (time: string): Partial<Lines> => ({
  stamp: {
    at: new Date(2026, 10, 24, ...(time.split(':').map(Number) as [number, number, number])).getTime() + 412,
    from: 'journal',
  },
});

function world(...sources: string[]) {
  const events: string[] = [];
  const reader = createEventReader({
    diagnose,
    gate: maybeError,
    isOwn: () => false,
    onEvent: (source, one, again, log) =>
      events.push(`${source}${source === log ? '' : ` of ${log}`} ${one.diagnosis.class}${again ? '+' : ''}`),
  });
  for (const source of sources) reader.open(source);
  return {
    reader,
    events,
    read(source: string, text: string, more: Partial<Lines> = {}, now = 1_000): void {
      reader.feed(source, lines(text, more), NOW, now);
      reader.flush(source);
    },
  };
}

describe('a record that a file and the journal carry', () => {
  it('is one event, whichever of them is read first', () => {
    for (const order of [
      ['file', 'journal'],
      ['journal', 'file'],
    ]) {
      const { events, read } = world('file', 'journal');
      for (const source of order) read(source, proxy('11:59:58'), source === 'journal' ? stampOf('11:59:58') : {});
      expect(events).toEqual([`${order[0]} CREDITS`]);
    }
  });

  it('counts as often as it happened, each time from whoever tells it first', () => {
    const { events, read } = world('file', 'journal');
    read('file', proxy('11:59:01'));
    read('journal', proxy('11:59:01') + proxy('11:59:05'), stampOf('11:59:01'));
    read('file', proxy('11:59:05'));
    expect(events).toEqual(['file CREDITS', 'journal of file CREDITS+']);
  });

  it('is two where one source holds it twice, and the other too', () => {
    const { events, read } = world('file', 'journal');
    read('file', proxy('11:59:58').repeat(2));
    read('journal', proxy('11:59:58').repeat(2), stampOf('11:59:58'));
    expect(events).toEqual(['file CREDITS', 'file CREDITS+']);
  });

  it('is known without the blank lines, which journald drops, and without what is printed before each line', () => {
    const { log: text } = sectionsOf(recorded('chat-errors.1.83.14')).find(({ log }) => log.includes('Traceback')) as {
      log: string;
    };
    expect(text).toContain('\n\n');
    const dropped = text.split('\n').filter((line) => line !== '');
    const { events, read } = world('file', 'journal', 'printed');
    read('file', text);
    const told = [...events];
    expect(told.length).toBeGreaterThan(0);
    read('journal', `${dropped.join('\n')}\n`, {});
    read('printed', `${dropped.map((line) => `litellm-1  | ${line}`).join('\n')}\n`);
    expect(events).toEqual(told);
  });

  it('is known although the line tells the time of another zone', () => {
    const { events, read } = world('file', 'journal');
    read('journal', proxy('06:29:58'), stampOf('11:59:58'));
    read('file', proxy('06:29:58'));
    expect(events).toHaveLength(1);
  });

  it('is one failure, however the router and the proxy tell it in both', () => {
    const { events, read } = world('file', 'journal');
    const text = router('11:59:58') + proxy('11:59:58');
    read('file', router('11:59:58'));
    read('journal', text, stampOf('11:59:58'));
    read('file', proxy('11:59:58'));
    expect(events.map((one) => one.replace(/^\w+ (of \w+ )?/, ''))).toEqual(['CREDITS']);
  });

  it('is another one where its words or its time differ', () => {
    const { events, read } = world('file', 'journal');
    read('file', proxy('11:59:01'));
    read('journal', proxy('11:59:01', `${CREDITS} for request 2`), stampOf('11:59:01'));
    read('journal', proxy('11:59:08'), stampOf('11:59:08'));
    expect(events).toHaveLength(3);
  });
});

describe('a request that two sources carry', () => {
  it('is counted once in the traffic', () => {
    const { reader, read } = world('file', 'journal');
    for (const source of ['file', 'journal']) read(source, access(50_400) + access(50_401));
    expect(reader.traffic(1_000)?.perSecond).toBe(2);
  });

  it('is counted each time that a caller asked on one connection', () => {
    const { reader, read } = world('file', 'journal');
    for (const source of ['file', 'journal']) read(source, access(50_400).repeat(3));
    expect(reader.traffic(1_000)?.perSecond).toBe(3);
  });

  it('is counted again once the other source is left', () => {
    const { reader, read } = world('file', 'journal');
    read('file', access(50_400));
    reader.close('file');
    read('journal', access(50_400));
    expect(reader.traffic(1_000)?.perSecond).toBe(2);
  });
});

describe('what is remembered of tellings', () => {
  it('is bounded: the first are forgotten', () => {
    const twins = createTwins();
    for (let n = 0; n < 20_000; n += 1) twins.isTwin('a', `text ${n}`, 0);
    expect(twins.isTwin('b', 'text 19999', 0)).toBe(true);
    for (const n of [0, 8_000, 15_000]) expect(twins.isTwin('b', `text ${n}`, 0)).toBe(false);
  });

  it('takes time in proportion, though one text comes a hundred thousand times', () => {
    const twins = createTwins();
    const tell = (): void => {
      for (const source of ['a', 'b']) for (let n = 0; n < 100_000; n += 1) twins.isTwin(source, 'text', n / 20);
    };
    expect(leastMs(tell, 8_000)).toBeLessThan(8_000);
    expect(twins.isTwin('b', 'text', 5_000)).toBe(false);
  });
});
