import { describe, expect, it } from 'vitest';
import { maybeError } from '../../../src/diagnosis/gate.ts';
import { createEventReader } from '../../../src/logs/records/event-reader.ts';
import { diagnose, eventsOf, lines, NOW } from './reading.ts';

const CREDITS =
  'litellm.APIError: APIError: OpenrouterException - {"error":{"message":"Insufficient credits","code":402}}';
const proxy = (time: string, text = CREDITS): string =>
  `${time} - LiteLLM Proxy:ERROR: common_request_processing.py:1 - litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - ${text}\n`;
const router = (time: string, level = 'INFO'): string =>
  `${time} - LiteLLM Router:${level}: router.py:1 - litellm.acompletion(model=openrouter/x) Exception ${CREDITS}\n`;
const fallbacks = (time: string): string =>
  `${time} - LiteLLM Router:ERROR: router.py:1 - litellm.router.py::async_function_with_fallbacks() - Error occurred while trying to do fallbacks - ${CREDITS}\n`;
const told = (text: string) => eventsOf(text, { old: true }).map((one) => `${one.record.level}${one.again ? '+' : ''}`);

describe('equal failures', () => {
  it('within a minute are one event, however many', () => {
    expect(told(proxy('08:14:02') + proxy('08:14:30') + proxy('08:15:20'))).toEqual(['ERROR', 'ERROR+', 'ERROR+']);
  });

  it('after a quiet minute are a new one', () => {
    expect(told(proxy('08:14:02') + proxy('08:15:03'))).toEqual(['ERROR', 'ERROR']);
  });

  it('of another cause never fold', () => {
    const other = CREDITS.replace('Insufficient credits', 'Key limit exceeded (total limit)');
    expect(told(proxy('08:14:02') + proxy('08:14:02', other))).toEqual(['ERROR', 'ERROR']);
  });

  it('of the past never fold into the present', () => {
    const events: boolean[] = [];
    const reader = createEventReader({
      diagnose,
      gate: maybeError,
      isOwn: () => false,
      onEvent: (_, __, again) => events.push(again),
    });
    reader.feed('log', lines(proxy('08:14:02'), { old: true }), NOW, 0);
    reader.flush();
    reader.feed('log', lines(proxy('08:14:02')), NOW, 5_000);
    reader.flush();
    expect(events).toEqual([false, false]);
  });
});

describe('one failure', () => {
  it('that the router tells at INFO and the proxy at ERROR counts once, at ERROR', () => {
    expect(told(router('08:14:02') + proxy('08:14:02'))).toEqual(['ERROR']);
  });

  it('that only the router tells, because a retry went well, is told at INFO', () => {
    expect(told(`${router('08:14:02')}INFO:     Started server process [1]\n`)).toEqual(['INFO']);
  });

  it('that the fallbacks tell first counts once', () => {
    expect(told(fallbacks('08:14:02') + proxy('08:14:03'))).toEqual(['ERROR']);
  });

  it('told through two handlers counts once', () => {
    const copy = `ERROR:LiteLLM Proxy:litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - ${CREDITS}\n`;
    expect(told(proxy('08:14:02') + copy)).toEqual(['ERROR']);
  });

  it('twice is twice, with both told by router and proxy', () => {
    const both = fallbacks('08:14:02') + proxy('08:14:02');
    expect(told(both + both)).toEqual(['ERROR', 'ERROR+']);
  });
});

describe('what LiteLLM writes before the record of a failure', () => {
  const bare = `Traceback (most recent call last):\n  File "/opt/x.py", line 1, in f\n    raise e\n${CREDITS}\n`;

  it('is that failure: a bare traceback, the fallbacks and the router at once', () => {
    expect(told(router('08:14:02') + bare + fallbacks('08:14:02') + proxy('08:14:02'))).toEqual(['ERROR']);
  });

  it('leaves the telling to the record that names the model', () => {
    const named = proxy('08:14:02', `${CREDITS}. Received Model Group=gpt-4o`);
    const events = eventsOf(bare + fallbacks('08:14:02') + named);
    expect(events.map((one) => one.diagnosis.model)).toEqual(['gpt-4o']);
  });

  it('is told by itself where the log falls silent after it', () => {
    const seen: string[] = [];
    const reader = createEventReader({
      diagnose,
      gate: maybeError,
      isOwn: () => false,
      onEvent: (_, one) => seen.push(one.diagnosis.class),
    });
    reader.feed('log', lines(bare), NOW, 0);
    reader.settle(900);
    expect(seen).toEqual([]);
    reader.settle(1_000);
    expect(seen).toEqual(['CREDITS']);
  });
});

describe('our own question', () => {
  it('is no event', () => {
    const text = `08:14:02 - LiteLLM Proxy:ERROR: auth_exception_handler.py:1 - Authentication Error, Invalid proxy server token passed. Key Hash (Token) =abc123\n`;
    const seen: string[] = [];
    const read = (isOwn: (record: { text: string }) => boolean): void => {
      const reader = createEventReader({
        diagnose,
        gate: maybeError,
        isOwn,
        onEvent: (_, one) => seen.push(one.diagnosis.class),
      });
      reader.feed('log', lines(text), NOW, 0);
      reader.flush();
    };
    read(() => false);
    expect(seen).toEqual(['AUTH_GATEWAY']);
    read((record) => record.text.includes('abc123'));
    expect(seen).toHaveLength(1);
  });
});
