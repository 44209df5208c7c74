import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../src/config/settings.ts';
import type { GatewayClient } from '../../src/gateway/types.ts';
import type { LogMonitor } from '../../src/logs/types.ts';
import { assemble } from '../../src/watch/start.ts';
import { folder } from './follow/support.ts';

const CALL = '2c600d1a-f783-48f6-be14-ea03920f0b97';
const STRANGER = '3d711e2b-0894-4907-cf25-fb14a31f1ca8';
const CHAT = '/v1/chat/completions';
const never = new AbortController().signal;

let server: Server;
let file: string;
let client: GatewayClient;
let logs: LogMonitor;

/** Answers like a gateway whose provider has no credits left, and logs like one: the record first, then the access line. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const { method, url, socket, headers } = request;
  const chat = url === CHAT;
  const id = headers['x-stranger'] === undefined ? CALL : STRANGER;
  request.resume();
  response.writeHead(chat ? 402 : 200, {
    'content-type': 'application/json',
    ...(chat ? { 'x-litellm-call-id': id } : {}),
  });
  response.end(chat ? '{"error":{"message":"Insufficient credits","code":"402"}}' : '"I am alive!"', () => {
    const time = new Date().toTimeString().slice(0, 8);
    const record = `${time} - LiteLLM Proxy:ERROR: common_request_processing.py:644 - litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - litellm_call_id=${id} - litellm.APIError: APIError: OpenrouterException - {"error":{"message":"Insufficient credits","code":402}}\n`;
    const access = `INFO:     ${socket.remoteAddress}:${socket.remotePort} - "${method} ${url} HTTP/1.1" ${chat ? '402 Payment Required' : '200 OK'}\n`;
    appendFileSync(file, (chat ? record : '') + access);
  });
}

const stranger = async (): Promise<void> => {
  const { port } = server.address() as AddressInfo;
  await (await fetch(`http://127.0.0.1:${port}${CHAT}`, { method: 'POST', headers: { 'x-stranger': '1' } })).text();
};

beforeEach(async () => {
  file = join(folder(), 'gateway.log');
  writeFileSync(file, '');
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const settings: Settings = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    name: 'x',
    keyHeader: 'Authorization',
    keyFrom: null,
    intervalMs: 5_000,
    chatIntervalMs: 60_000,
    chatModel: null,
    paidProbes: true,
    budgetUsd: 1,
    pid: null,
    logFiles: [file],
    journal: null,
    container: null,
    stateDir: null,
    timeoutMs: 5_000,
    failOn: 'crit',
    waitOkMs: null,
    strict: false,
    color: 'never',
    ascii: false,
    accessible: false,
    demo: false,
    rules: [],
    ignore: [],
  };
  ({ client, logs } = assemble(settings, { reveal: () => 'sk-fake-own-lines-0123456789' }, 'dashboard').deps);
  logs.start();
});
afterEach(async () => {
  await Promise.all([logs.stop(), client.close()]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const linesRead = (count: number): Promise<void> =>
  vi.waitFor(() => expect(logs.sources()[0]?.lines).toBe(count), { timeout: 8_000, interval: 50 });

describe('what our own questions leave in the log', () => {
  it('is no traffic and no evidence; what a stranger asked of the same path is both', async () => {
    await client.chat('openrouter/x', never);
    await linesRead(2);
    expect(logs.traffic(), 'an access line of ours is none of a caller').toBeNull();
    await stranger();
    await linesRead(4);
    const { perSecond, windowS, refusedRatio } = logs.traffic() as {
      perSecond: number;
      windowS: number;
      refusedRatio: number;
    };
    expect(perSecond * windowS).toBeCloseTo(1);
    expect(refusedRatio).toBe(1);
    const events = await vi.waitFor(
      () => {
        const found = logs.take();
        expect(found).toHaveLength(1);
        return found;
      },
      { timeout: 8_000 },
    );
    expect(events[0]).toMatchObject({ count: 1, diagnosis: { class: 'CREDITS' } });
    expect(events[0]?.record).toContain(STRANGER);
  });

  it('is known on each request of a connection that is kept', async () => {
    for (let n = 0; n < 3; n += 1) await client.liveliness(never);
    await client.models(never);
    await linesRead(4);
    expect(logs.traffic()).toBeNull();
  });
});
