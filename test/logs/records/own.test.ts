import { describe, expect, it } from 'vitest';
import { maybeError } from '../../../src/diagnosis/gate.ts';
import { createEventReader } from '../../../src/logs/records/event-reader.ts';
import { createOwnProbes } from '../../../src/logs/records/own.ts';
import { diagnose, lines, NOW } from './reading.ts';

const CALL = '2c600d1a-f783-48f6-be14-ea03920f0b97';
const FAILED = `08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - litellm_call_id=${CALL} - litellm.APIError: APIError: OpenrouterException - {"error":{"message":"Insufficient credits","code":402}}\n`;
const access = (client: string): string => `INFO:     ${client} - "POST /v1/chat/completions HTTP/1.1" 200 OK\n`;

function world() {
  const own = createOwnProbes({ keyHash: 'f'.repeat(64) });
  const events: string[] = [];
  const reader = createEventReader({
    diagnose,
    gate: maybeError,
    isOwn: () => false,
    own,
    onEvent: (_, one) => events.push(one.diagnosis.class),
  });
  return {
    own,
    reader,
    read(text: string, now = 1_000): string[] {
      events.length = 0;
      reader.feed('log', lines(text), NOW, now);
      reader.flush();
      return [...events];
    },
  };
}

describe('a line that our own question left', () => {
  it('is known by its client address and port, and is no traffic', () => {
    const { own, reader, read } = world();
    own.connection('127.0.0.1', 50_400, 0);
    expect(reader.accessSeen()).toBe(false);
    read(access('127.0.0.1:50400'));
    expect(reader.traffic(1_000)).toBeNull();
    expect(reader.accessSeen(), 'that the server writes such lines is known').toBe(true);
    read(access('127.0.0.1:50401') + access('10.0.0.9:50400'));
    expect(reader.traffic(1_000)?.perSecond).toBe(2);
  });

  it.each([
    ['::1', '[::1]:50400'],
    ['::1', '::1:50400'],
    ['::ffff:127.0.0.1', '127.0.0.1:50400'],
  ])('is known however its address is written: %s as %s', (address, client) => {
    const { own, reader, read } = world();
    own.connection(address, 50_400, 0);
    read(access(client));
    expect(reader.traffic(1_000)).toBeNull();
  });

  it('is not known by a port that was ours long ago', () => {
    const { own, reader, read } = world();
    own.connection('127.0.0.1', 50_400, 0);
    read(access('127.0.0.1:50400'), 700_000);
    expect(reader.traffic(700_000)?.perSecond).toBe(1);
  });

  it('is no evidence where it holds the id of a call of ours', () => {
    const { own, read } = world();
    expect(read(FAILED)).toEqual(['CREDITS']);
    own.call(CALL, 0);
    expect(read(FAILED)).toEqual([]);
    expect(read(FAILED.replace('2c600d1a', '3c600d1a'))).toEqual(['CREDITS']);
  });

  it('is no evidence where it holds our user tag, but what merely speaks of us is', () => {
    const { read } = world();
    expect(read(`${FAILED.trimEnd()} {'user': 'skypiea-watchtower', 'model': 'x'}\n`)).toEqual([]);
    expect(read(`${FAILED.trimEnd()} {"metadata": {"skypiea_watchtower": "chat-probe"}}\n`)).toEqual([]);
    expect(read(`${FAILED.trimEnd()} is skypiea-watchtower to blame?\n`)).toEqual(['CREDITS']);
  });

  it('is no evidence where it holds the hash of our key', () => {
    const { read } = world();
    const refused = (hash: string): string =>
      `08:14:02 - LiteLLM Proxy:ERROR: auth_exception_handler.py:1 - Authentication Error, Invalid proxy server token passed. Received API Key = sk-...AAAA, Key Hash (Token) =${hash}\n`;
    expect(read(refused('f'.repeat(64)))).toEqual([]);
    expect(read(refused('e'.repeat(64)))).toEqual(['AUTH_GATEWAY']);
  });

  it('is not known by its path: others ask the same', () => {
    const { read } = world();
    const text =
      '08:14:02 - LiteLLM Proxy:ERROR: _health_endpoints.py:1 - litellm.proxy.proxy_server.py::health_endpoint(): Exception occured - database is unreachable\n';
    expect(read(access('127.0.0.1:1').replace('chat/completions', 'health') + text)).toHaveLength(1);
  });
});

it('what is remembered of our questions is bounded', () => {
  const { own, reader, read } = world();
  for (let port = 1; port <= 10_000; port += 1) {
    own.connection('127.0.0.1', port, 0);
    own.call(`${port}-${CALL}`, 0);
  }
  read(access('127.0.0.1:10000'));
  expect(reader.traffic(1_000)).toBeNull();
  read(access('127.0.0.1:1'));
  expect(reader.traffic(1_000)?.perSecond).toBe(1);
});
