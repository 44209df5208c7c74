import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayClient } from '../../src/gateway/types.ts';
import { alive, answer, type Behaviour, startFaultServer } from '../support/fault-server.ts';
import { longestStallMs } from '../support/least-time.ts';
import { failureOf, goodOf, never, RELEASES, recording, shortClient, startReplay } from './support.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function against(behaviour: Behaviour, more: Parameters<typeof shortClient>[1] = {}) {
  const server = await startFaultServer(behaviour);
  const client = shortClient(server.url, more);
  open.push(server, client);
  return { server, client };
}

describe.each(RELEASES)('the client against the recorded answers of %s', (release) => {
  it('asks every question and gets an answer or a calm absence', async () => {
    const names = ['liveliness', 'readiness', 'readiness_details', 'health', 'health_latest', 'health_backlog'];
    const more = ['public_model_hub_info', 'v1_models', 'metrics_slash_off', 'chat_ok-chat'];
    const server = await startReplay([...names, ...more].map((name) => recording(release, name)));
    const client = shortClient(server.url);
    open.push(server, client);
    const questions: (keyof GatewayClient)[] = [
      'liveliness',
      'readiness',
      'readinessDetails',
      'hub',
      'models',
      'health',
      'latest',
      'backlog',
      'metrics',
    ];
    for (const question of questions) {
      const got = await (client[question] as GatewayClient['liveliness'])(never);
      expect(got.kind, question).not.toBe('failed');
      expect(got.status).not.toBeNull();
      expect(got.latencyMs).toBeGreaterThan(0);
      expect(Math.abs(got.at - Date.now())).toBeLessThan(5_000);
    }
    expect(goodOf(await client.chat('ok-chat', never)).modelGroup).toBe('ok-chat');
  });
});

describe('the request', () => {
  it('of a chat probe is small, unrepeated, uncached, without fallbacks, marked and different each time', async () => {
    const bodies: Record<string, unknown>[] = [];
    const { client, server } = await against((socket, request, count) => {
      const body = request.slice(request.indexOf('\r\n\r\n') + 4);
      if (body !== '') bodies.push(JSON.parse(body));
      answer(200, '{"choices":[{"finish_reason":"length","message":{"content":""}}]}')(socket, request, count);
    });
    expect(goodOf(await client.chat('gpt-4o-mini', never)).finishReason).toBe('length');
    await client.chat('gpt-4o-mini', never);
    expect(server.requests[0]).toMatch(/^POST \/v1\/chat\/completions HTTP\/1\.1/);
    expect(bodies.length).toBe(2);
    expect(bodies[0]).toMatchObject({
      model: 'gpt-4o-mini',
      max_tokens: 16,
      disable_fallbacks: true,
      num_retries: 0,
      cache: { 'no-cache': true },
      user: 'skypiea-watchtower',
    });
    expect(bodies[0]?.messages).not.toEqual(bodies[1]?.messages);
  });

  it('asks for plain answers, compressed only where the answer is large', async () => {
    const { client, server } = await against(alive);
    await client.liveliness(never);
    await client.modelInfo(never);
    expect(server.requests[0]?.toLowerCase()).toContain('accept-encoding: identity');
    expect(server.requests[1]?.toLowerCase()).toContain('accept-encoding: gzip');
  });

  it('of the metrics ends in a slash, and a large answer counts as there', async () => {
    const { client, server } = await against(
      answer(200, '# HELP x\n'.repeat(300_000), { 'content-type': 'text/plain' }),
    );
    expect(goodOf(await client.metrics(never)).bytes).toBe(1024 * 1024);
    expect(server.requests[0]).toMatch(/^GET \/metrics\/ /);
  });

  it.each([
    ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'],
    ['http_proxy', 'https_proxy', 'all_proxy'],
  ])('goes straight to loopback, whatever %s, %s and %s say', async (...names) => {
    const trap = await startFaultServer(alive);
    const { server } = await against(alive);
    open.push(trap);
    const script = `
      import { createGatewayClient } from ${JSON.stringify(new URL('../../src/gateway/client.ts', import.meta.url).href)};
      const client = createGatewayClient({ url: '${server.url}', key: null, keyHeader: 'Authorization', scrub: (raw) => raw });
      const got = await client.liveliness(new AbortController().signal);
      process.stdout.write(got.kind);
      await client.close();`;
    const env = {
      ...process.env,
      NODE_USE_ENV_PROXY: '1',
      ...Object.fromEntries(names.map((name) => [name, trap.url])),
    };
    const run = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script], { env });
    expect(run.stdout).toBe('answered');
    expect(trap.connections()).toBe(0);
    expect(server.requests.length).toBe(1);
  });
});

describe('large answers', () => {
  const REAL_TIME = { timeScale: 1, budgets: {} };
  const row = JSON.parse(recording('1.106.2', 'model_info_prices').body).data[0];
  const rows = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      ...row,
      model_name: `model-${n % 1000}`,
      model_info: { ...row.model_info, id: `dep-${n}` },
    }));

  it('5,000 deployments are read without stopping the event loop', async () => {
    const body = Buffer.from(JSON.stringify({ data: rows(5_000) }));
    expect(body.length).toBeGreaterThan(20e6);
    const { client } = await against(answer(200, gzipSync(body), { 'content-encoding': 'gzip' }), REAL_TIME);
    const longest = await longestStallMs(async () => {
      expect(goodOf(await client.modelInfo(never)).deployments.length).toBe(5_000);
    }, 150);
    console.log(`5,000 deployments, ${(body.length / 1e6).toFixed(0)} MB: longest stall ${longest.toFixed(0)} ms`);
    // The target is 50 ms; a collection of garbage may fall into it.
    expect(longest).toBeLessThan(150);
  });

  it('1,000 unhealthy deployments fit into a health answer', async () => {
    const [bad] = JSON.parse(recording('1.74.9', 'health').body).unhealthy_endpoints;
    const body = JSON.stringify({
      healthy_endpoints: [],
      unhealthy_endpoints: Array.from({ length: 1_000 }, () => bad),
    });
    expect(body.length).toBeGreaterThan(1024 * 1024);
    const { client } = await against(answer(200, body));
    expect(goodOf(await client.health(never)).unhealthy).toBe(1_000);
  });

  it('equal bodies have equal hashes, others have not', async () => {
    const bodies = ['a', 'a', 'b'].map(
      (model) => `{"healthy_endpoints":[{"model":"${model}"}],"unhealthy_endpoints":[]}`,
    );
    const { client } = await against((socket, request, count) =>
      answer(200, bodies[count - 1] ?? '')(socket, request, count),
    );
    const hashes = [];
    for (let i = 0; i < 3; i += 1) hashes.push(goodOf(await client.health(never)).bodyHash);
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[1]).not.toBe(hashes[2]);
  });
});

describe('deployments that are hard to tell', () => {
  const info = (rows: unknown[]) => answer(200, JSON.stringify({ data: rows }));
  it('rows without ids get one that stays, twins are numbered', async () => {
    const twin = { model_name: 'n', litellm_params: { model: 'openai/m', api_base: 'http://u:p@h:1/v1?k=v' } };
    const { client } = await against(info([twin, twin]));
    const first = goodOf(await client.modelInfo(never)).deployments;
    expect(first.map((one) => one.id)).toEqual(['n openai/m h:1', 'n openai/m h:1 #2']);
    expect(goodOf(await client.modelInfo(never)).deployments).toEqual(first);
  });

  it('rows that are no deployments do no harm', async () => {
    const { client } = await against(info([{}, { model_name: 7, litellm_params: null, model_info: [] }]));
    expect(goodOf(await client.modelInfo(never)).deployments.length).toBe(2);
  });

  it('a wildcard whose own row cannot be had is still one deployment', async () => {
    const expansion = (name: string) => ({
      model_name: name,
      litellm_params: { model: name },
      model_info: { id: 'w' },
    });
    const { client } = await against((socket, request, count) =>
      request.includes('litellm_model_id')
        ? answer(500, 'Internal Server Error', { 'content-type': 'text/plain' })(socket, request, count)
        : info([expansion('wild/high/a'), expansion('wild/b')])(socket, request, count),
    );
    expect(goodOf(await client.modelInfo(never)).deployments).toMatchObject([
      { id: 'w', name: 'wild/*', provider: null, wildcard: true },
    ]);
  });

  it('ids in the shape of a hash survive a redactor', async () => {
    const id = 'a'.repeat(64);
    const server = await startFaultServer(
      info([{ model_name: 'n', litellm_params: { model: 'm' }, model_info: { id } }]),
    );
    const scrub = ((raw: string) => raw.replace(/[0-9a-f]{64}/g, '[redacted]')) as never;
    const client = shortClient(server.url, { scrub });
    open.push(server, client);
    expect(goodOf(await client.modelInfo(never)).deployments[0]?.id).toBe(id);
  });
});

describe('a closed client', () => {
  it('leaves no connection and answers no more, without a throw', async () => {
    const { client, server } = await against(alive);
    await client.liveliness(never);
    await client.close();
    await expect.poll(() => server.open()).toBe(0);
  });

  it('ends a question that is under way', async () => {
    const { client, server } = await against(() => {});
    const asked = client.liveliness(never);
    await expect.poll(() => server.requests.length).toBe(1);
    await client.close();
    expect(failureOf(await asked).code).toBeTruthy();
  });
});
