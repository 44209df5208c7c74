import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chosenReleases, NEWEST, RELEASES } from './releases.ts';
import { startTap } from './tap.ts';
import { startUpstream, type Upstream } from './upstream.ts';
import { ensureVenv } from './venv.ts';

describe('releases', () => {
  test('the newest alone is tested unless more are asked for', () => {
    expect(chosenReleases('')).toEqual([NEWEST]);
    expect(chosenReleases('older')).toEqual(RELEASES.slice(1));
    expect(chosenReleases('all')).toEqual(RELEASES);
    expect(chosenReleases(`${RELEASES[2]}, ${NEWEST}`)).toEqual([NEWEST, RELEASES[2]]);
  });

  test('a release that nobody named in versions.json is refused', () => {
    expect(() => chosenReleases('1.82.7')).toThrow(/1\.82\.7 is not one of/);
  });

  test.each(['1.82.7', '1.82.8'])('the compromised %s is never installed', async (version) => {
    await expect(ensureVenv(version)).rejects.toThrow(/compromised/);
  });

  test('what is no release is never handed to pip', async () => {
    await expect(ensureVenv('1.0.0 --index-url x')).rejects.toThrow(/not a LiteLLM release/);
  });
});

describe('the fake provider', () => {
  let upstream: Upstream;
  beforeAll(async () => {
    upstream = await startUpstream({ empty: 'openrouter-402' });
  });
  afterAll(() => upstream.stop());

  const call = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${upstream.port}/${path}`, { method: 'POST', body: JSON.stringify(body), headers });

  test('answers by deployment, and otherwise when its scenario is changed', async () => {
    expect((await call('empty/v1/chat/completions')).status).toBe(402);
    upstream.set('empty', 'good');
    const answer = await call('empty/v1/chat/completions', { model: 'some-model' });
    expect(await answer.json()).toMatchObject({ model: 'some-model', choices: [{ finish_reason: 'stop' }] });
  });

  test.each([
    ['v1/embeddings', 'data'],
    ['v1/messages', 'stop_reason'],
    ['v1/responses', 'output'],
    ['v1/images/generations', 'data'],
  ])('speaks %s', async (path, field) => {
    expect(await (await call(`any/${path}`)).json()).toHaveProperty(field);
  });

  test('a stream ends with [DONE], and a cut one without', async () => {
    const body = { stream: true };
    expect(await (await call('good/v1/chat/completions', body)).text()).toMatch(/\[DONE\]\n\n$/);
    const cut = await call('cut/v1/chat/completions', body);
    await expect(cut.text()).rejects.toThrow();
  });

  test('counts each call, repeats of the SDK apart, and looks at the list of models not at all', async () => {
    upstream.forget();
    await call('counted/v1/chat/completions', { max_tokens: 16 }, { 'x-stainless-retry-count': '0' });
    await call('counted/v1/chat/completions', {}, { 'x-stainless-retry-count': '1' });
    await fetch(`${upstream.base('counted')}/models`);
    expect(upstream.count('counted')).toEqual({ all: 2, first: 1 });
    expect(upstream.calls()[0]).toMatchObject({ deployment: 'counted', scenario: 'good', maxTokens: 16, retry: 0 });
  });

  test('resets and silence are told apart from answers', async () => {
    await expect(call('reset/v1/chat/completions')).rejects.toThrow();
    const silent = fetch(`${upstream.base('hang')}/chat/completions`, {
      method: 'POST',
      signal: AbortSignal.timeout(300),
    });
    await expect(silent).rejects.toThrow(/timeout/i);
  });
});

describe('the tap', () => {
  test('passes everything through and records method, path, key and status', async () => {
    const upstream = await startUpstream();
    const tap = await startTap(`http://127.0.0.1:${upstream.port}`);
    const headers = { authorization: 'Bearer fake-key-0000' };
    const answer = await fetch(`${tap.url}/openrouter-401/v1/chat/completions?a=1`, {
      method: 'POST',
      body: '{"x":1}',
      headers,
    });
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('User not found.')]);
    expect(tap.endpoints()).toEqual(['POST /openrouter-401/v1/chat/completions']);
    expect(tap.requests()).toMatchObject([
      { query: '?a=1', keyed: true, status: 401, body: '{"x":1}', endedAt: expect.any(Number) },
    ]);
    await tap.stop();
    await upstream.stop();
  });

  test('can rewrite a request and leave one unanswered', async () => {
    const upstream = await startUpstream();
    const tap = await startTap(`http://127.0.0.1:${upstream.port}`, {
      rewrite: (body) => body.replace('one', 'another'),
      hold: (path) => path.startsWith('/held'),
    });
    const answer = await fetch(`${tap.url}/good/v1/chat/completions`, { method: 'POST', body: '{"model":"one"}' });
    expect(await answer.json()).toMatchObject({ model: 'another' });
    await expect(fetch(`${tap.url}/held`, { signal: AbortSignal.timeout(300) })).rejects.toThrow(/timeout/i);
    await tap.stop();
    await upstream.stop();
  });
});
