import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../src/demo/start.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { startSession } from '../pty/session.ts';
import { PROGRAM, runProgram } from '../support/program.ts';

interface Failure {
  story: string;
  name: string;
  provider: string | null;
  /** A model whose call fails, and the status of that answer; null where calls with our key still work. */
  asked: { model: string; status: number } | null;
  /** Turns what the demo says into another failure of the same deployments. */
  retold?: (text: string) => string;
}

/** The same OpenRouter account with a key that is refused instead of a wallet that is empty. */
function refusedKey(text: string): string {
  return text
    .replaceAll(
      'Insufficient credits. Add more using https://openrouter.ai/settings/credits',
      'No auth credentials found',
    )
    .replaceAll('litellm.APIError: APIError: ', 'litellm.AuthenticationError: AuthenticationError: ')
    .replaceAll('litellm.exceptions.APIError', 'litellm.exceptions.AuthenticationError')
    .replaceAll('invalid_request_error', 'authentication_error')
    .replaceAll('402 Payment Required', '401 Unauthorized')
    .replace(/\b402\b/g, '401');
}

const FAILURES: Failure[] = [
  { story: 'empty-wallet', name: 'CREDITS', provider: 'openrouter', asked: { model: 'claude-sonnet', status: 402 } },
  {
    story: 'empty-wallet',
    name: 'AUTH_PROVIDER',
    provider: 'openrouter',
    asked: { model: 'claude-sonnet', status: 401 },
    retold: refusedKey,
  },
  { story: 'rate-storm', name: 'RATE_LIMIT', provider: 'openai', asked: { model: 'gpt-4o-mini', status: 429 } },
  { story: 'database-lost', name: 'DATABASE', provider: null, asked: null },
];

/** Stands before the demo's gateway and retells its answers. */
async function retell(demo: Demo, retold: (text: string) => string): Promise<{ url: string; server: Server }> {
  const hop = /^(?:content-length|content-encoding|connection|transfer-encoding|keep-alive)$/;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const answer = await fetch(`${demo.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    const body = retold(await answer.text());
    const kept = [...answer.headers].filter(([name]) => !hop.test(name));
    response.writeHead(answer.status === 402 ? 401 : answer.status, Object.fromEntries(kept));
    response.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, server };
}

/** What to do first; what follows names the models of the moment. */
function firstStep(fix: string): string {
  return (fix.split(/[;.] /)[0] as string).toLowerCase();
}

async function explain(lines: readonly object[]) {
  const { stdout } = await runProgram(['explain', '--jsonl'], {
    stdin: lines.map((one) => JSON.stringify(one)).join('\n'),
  });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe.each(FAILURES)('$name: every face says the same', ({ story, name, provider, asked, retold }) => {
  let demo: Demo;
  let front: { url: string; server: Server } | null = null;
  let url: string;
  let home: string;
  let seen: Snapshot;
  beforeAll(async () => {
    demo = await startDemo({ story, at: 20_000 });
    front = retold ? await retell(demo, retold) : null;
    url = front?.url ?? demo.url;
    home = mkdtempSync(join(tmpdir(), 'watchtower-agree-'));
    seen = JSON.parse((await watch('--once', '--json')).stdout);
  });
  afterAll(async () => {
    front?.server.closeAllConnections();
    front?.server.close();
    await demo.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const watch = (...args: string[]) =>
    runProgram([...args, '--no-state', '--url', url], { env: { LITELLM_MASTER_KEY: demo.key } });

  it('--once', () => {
    expect(seen.verdict).toMatchObject({ class: name, provider });
    expect(seen.verdict.next).not.toBe('');
  });

  it('monitor', async () => {
    const { stdout } = await watch('monitor', '--format', 'json', '--for', '4s');
    const status = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .find((one) => one.type === 'status');
    const { next, url: link, models } = seen.verdict;
    expect(status.verdict).toMatchObject({ class: name, provider, next, url: link, models });
  });

  it('the dashboard', async () => {
    const session = startSession({
      command: process.execPath,
      args: [PROGRAM, '--no-state', '--url', url],
      columns: 200,
      rows: 60,
      env: { HOME: home, LITELLM_MASTER_KEY: demo.key },
    });
    // A rate limit must be seen more than once before it fires: its row is there from the first time on.
    await session.until('its row', () => new RegExp(`(?:FIRING|PENDING) +${name} `).test(session.text()));
    await session.see((seen.verdict.next as string).slice(0, 60));
    if (seen.verdict.url) await session.see(new URL(seen.verdict.url).host);
    session.press('q');
    expect(await session.exited).toBe(0);
  });

  it('explain, of the text that is shown as evidence', async () => {
    const incident = seen.incidents.find((one) => one.class === name);
    const texts = [
      // As an operator copies it from the screen: a log's own head is not in it any more.
      ...(incident?.evidence ?? []).map(({ text }) => ({ text })),
      ...seen.models.flatMap((one) =>
        one.deployments.flatMap(({ class: c, text }) => (c === name && text ? [{ text, source: 'health' }] : [])),
      ),
    ];
    expect(texts.length).toBeGreaterThan(0);
    const answers = await explain(texts.map((one) => ({ ...one, http_status: asked?.status })));
    expect(answers.map((one) => one.class)).toEqual(texts.map(() => name));
  });

  if (asked)
    it('explain, of what the gateway answers a caller: class, provider, next step and link', async () => {
      const answer = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${demo.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: asked.model, messages: [{ role: 'user', content: 'ping' }] }),
      });
      expect(answer.status).toBe(asked.status);
      const [explained] = await explain([{ text: await answer.text(), source: 'chat', http_status: asked.status }]);
      expect(explained).toMatchObject({ class: name, provider, url: seen.verdict.url });
      expect(firstStep(explained.fix)).toBe(firstStep(seen.verdict.next as string));
    });
  else
    it('explain, of the 401 that a good key of a caller meets', async () => {
      const message = "Authentication Error, Can't reach database server at `db`:`5432`";
      const text = JSON.stringify({ error: { message, type: 'auth_error', param: 'None', code: '401' } });
      const [explained] = await explain([{ text, source: 'chat', http_status: 401 }]);
      expect(explained).toMatchObject({ class: name, provider, url: seen.verdict.url });
      for (const step of [explained.fix, seen.verdict.next]) expect(step).toMatch(/Postgres is up.*keys/);
    });

  it('logs, of what the gateway wrote meanwhile', async () => {
    const file = join(home, 'gateway.log');
    const written = readFileSync(demo.logFile, 'utf8');
    writeFileSync(file, retold ? retold(written) : written);
    const { stdout } = await runProgram(['logs', '--file', file, '--format', 'json']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((one) => one.type === 'event' && one.class === name);
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events.map((one) => one.provider))).toEqual(new Set([provider]));
  });
});
