import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayClientOptions } from '../../src/gateway/client.ts';
import type { Answer, FailureCode, GatewayClient } from '../../src/gateway/types.ts';
import { startBlackHole } from '../support/black-hole.ts';
import { createCertificate } from '../support/certificate.ts';
import {
  ALIVE,
  alive,
  answer,
  type Behaviour,
  badGzip,
  closeAtOnce,
  closeOnReuse,
  dripBody,
  dripHead,
  endlessBody,
  type FaultServer,
  type FaultServerOptions,
  gzipBomb,
  raw,
  resetAtOnce,
  resetInBody,
  shortBody,
  silent,
  stallBody,
  startFaultServer,
} from '../support/fault-server.ts';
import { longestStallMs } from '../support/least-time.ts';
import { failureOf, KEY, never, shortClient } from './support.ts';

const STALL_MS = 150;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function against(
  behaviour: Behaviour,
  server: FaultServerOptions = {},
  client: Partial<GatewayClientOptions> = {},
): Promise<{ server: FaultServer; client: GatewayClient }> {
  const started = await startFaultServer(behaviour, server);
  const made = shortClient(started.url, client);
  open.push(started, made);
  return { server: started, client: made };
}

/** The code of a failed liveliness against `behaviour`. */
async function codeOf(behaviour: Behaviour, server: FaultServerOptions = {}): Promise<FailureCode> {
  const { client } = await against(behaviour, server);
  return failureOf(await client.liveliness(never)).code;
}

async function freePort(): Promise<number> {
  const server = await startFaultServer(silent);
  await server.close();
  return server.port;
}

/** Asked again where other work on the machine stood in the way: a limit that does not hold is over each time. */
async function expectLeastLatency(client: GatewayClient, limitMs: number): Promise<void> {
  await expect.poll(async () => (await client.liveliness(never)).latencyMs).toBeLessThan(limitMs);
}

describe('below HTTP, each failure has the name of its phase', () => {
  it('a closed port is REFUSED, at once and without a stack', async () => {
    const client = shortClient(`http://127.0.0.1:${await freePort()}`);
    open.push(client);
    const failure = failureOf(await client.liveliness(never));
    expect(failure).toMatchObject({ code: 'REFUSED', status: null });
    expect(failure.text).not.toMatch(/\n|\bat /);
    await expectLeastLatency(client, 100);
  });

  it('a port whose queue is full, so that packets vanish, is CONNECT_TIMEOUT within the connect budget', async () => {
    const hole = await startBlackHole();
    const client = shortClient(hole.url);
    open.push(hole, client);
    const got = await client.liveliness(never);
    expect(failureOf(got).code).toBe('CONNECT_TIMEOUT');
    expect(got.latencyMs).toBeGreaterThan(250);
    await expectLeastLatency(client, 450);
  });

  it('an unknown host and a resolver that hangs are DNS, and the hanging lookup is asked once', async () => {
    let asked = 0;
    const unknown = shortClient('http://no-such-host.test:4000', {
      lookup: () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })),
    });
    const hanging = shortClient('http://slow.test:4000', {
      lookup: () => {
        asked += 1;
        return new Promise(() => {});
      },
    });
    open.push(unknown, hanging);
    expect(failureOf(await unknown.liveliness(never))).toMatchObject({ code: 'DNS' });
    const [first, second] = await Promise.all([hanging.liveliness(never), hanging.readiness(never)]);
    expect(failureOf(first).code).toBe('DNS');
    expect(failureOf(second).code).toBe('DNS');
    await expectLeastLatency(hanging, 400);
    expect(asked).toBe(1);
  });

  it('an address is resolved once and then remembered', async () => {
    const server = await startFaultServer(closeOnReuse(alive));
    let asked = 0;
    const client = shortClient(`http://gateway.test:${server.port}`, {
      lookup: () => {
        asked += 1;
        return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
      },
    });
    open.push(server, client);
    for (let i = 0; i < 3; i += 1) expect((await client.liveliness(never)).kind).toBe('answered');
    expect(server.connections()).toBeGreaterThan(1);
    expect(asked).toBe(1);
  });

  it.each([
    ['accepts and stays silent', silent, 'FIRST_BYTE_TIMEOUT'],
    ['drips header lines', dripHead(60), 'DEADLINE'],
    ['begins its body and stalls', stallBody, 'BODY_TIMEOUT'],
    ['sends a body without end', endlessBody, 'BODY_TOO_LARGE'],
    ['closes without a word', closeAtOnce, 'RESET'],
    ['resets', resetAtOnce, 'RESET'],
    ['resets in mid-body', resetInBody, 'RESET'],
    ['ends before its content-length', shortBody, 'PROTOCOL'],
    ['sends gzip that is none', badGzip, 'PROTOCOL'],
    ['sends a broken chunk size', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nXYZ\r\n'), 'PROTOCOL'],
    [
      'sends both a length and chunks',
      raw('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'),
      'PROTOCOL',
    ],
    ['sends a header of 40 KB', answer(200, ALIVE, { 'x-long': 'x'.repeat(40_000) }), 'PROTOCOL'],
    ['sends 2,000 headers', raw(`HTTP/1.1 200 OK\r\n${'x-many: 12345678901\r\n'.repeat(2_000)}\r\n`), 'PROTOCOL'],
    ['answers 101', raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'), 'PROTOCOL'],
    ['speaks no HTTP', raw('220 mail.example.test ESMTP\r\n'), 'PROTOCOL'],
  ] as [string, Behaviour, FailureCode][])('a peer that %s has its own name', async (_what, behaviour, code) => {
    expect(await codeOf(behaviour)).toBe(code);
  });

  it('an SSH server is PROTOCOL, and its banner is named', async () => {
    const { client } = await against(silent, { greet: (socket) => socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n') });
    const failure = failureOf(await client.liveliness(never));
    expect(failure.code).toBe('PROTOCOL');
    expect(failure.text).toContain('SSH-2.0-OpenSSH');
  });

  it('103 early hints before the answer are harmless', async () => {
    const { client } = await against((socket, request, count) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n');
      alive(socket, request, count);
    });
    expect((await client.liveliness(never)).kind).toBe('answered');
  });

  it('an unasked-for 100 Continue ends in a named failure or an answer, never in a throw', async () => {
    const { client } = await against((socket, request, count) => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      alive(socket, request, count);
    });
    const got = await client.liveliness(never);
    expect(got.kind === 'answered' || failureOf(got).code === 'PROTOCOL').toBe(true);
  });

  it('a gzip bomb is not inflated beyond the cap', async () => {
    const { client } = await against(gzipBomb());
    const before = process.memoryUsage().rss;
    expect(failureOf(await client.liveliness(never)).code).toBe('BODY_TOO_LARGE');
    expect(process.memoryUsage().rss - before).toBeLessThan(30 * 1024 * 1024);
  });

  it('no more than the cap is read of an endless body, and the connection is closed', async () => {
    const { client, server } = await against(endlessBody);
    expect(failureOf(await client.liveliness(never)).text).toContain('1 MiB');
    await expect.poll(() => server.open()).toBe(0);
  });
});

describe('time limits', () => {
  it('the total deadline holds within a tenth while a body drips for ever', async () => {
    const { client } = await against(dripBody(50), {}, { timeScale: 0.2 });
    expect(failureOf(await client.liveliness(never)).code).toBe('DEADLINE');
    const ask = async (): Promise<{ tookMs: number; toldMs: number }> => {
      const started = performance.now();
      const { latencyMs } = await client.liveliness(never);
      return { tookMs: performance.now() - started, toldMs: latencyMs };
    };
    await expect
      .poll(ask, { timeout: 15_000 })
      .toSatisfy(({ tookMs, toldMs }) => tookMs > 1_800 && tookMs < 2_200 && Math.abs(toldMs - tookMs) < 100);
  });

  it('an aborted question ends at once as ABORTED, in every phase', async () => {
    const phases: Behaviour[] = [silent, stallBody, dripHead(20)];
    for (const behaviour of phases) {
      const { client, server } = await against(behaviour, {}, { timeScale: 1, budgets: {} });
      const control = new AbortController();
      const asked = client.liveliness(control.signal);
      await expect.poll(() => server.requests.length).toBe(1);
      control.abort();
      const got = await asked;
      expect(failureOf(got).code).toBe('ABORTED');
      await expect.poll(() => server.open()).toBe(0);
    }
  });

  it('an already aborted question asks nothing', async () => {
    const { client, server } = await against(alive);
    expect(failureOf(await client.liveliness(AbortSignal.abort())).code).toBe('ABORTED');
    expect(server.requests).toEqual([]);
  });

  it('a resolver that hangs ends with the question when that is aborted', async () => {
    const client = shortClient('http://slow.test:4000', { lookup: () => new Promise(() => {}), budgets: {} });
    open.push(client);
    const control = new AbortController();
    const asked = client.liveliness(control.signal);
    control.abort();
    expect(failureOf(await asked).code).toBe('ABORTED');
  });
});

describe('TLS', () => {
  const year = 365 * 86_400_000;
  const good = createCertificate({ name: 'localhost' });
  const cases: [string, Parameters<typeof createCertificate>[0], RegExp][] = [
    [
      'expired',
      { name: 'localhost', notBefore: new Date(Date.now() - 2 * year), notAfter: new Date(Date.now() - year) },
      /expired/,
    ],
    [
      'not valid yet',
      { name: 'localhost', notBefore: new Date(Date.now() + year), notAfter: new Date(Date.now() + 2 * year) },
      /not valid yet/,
    ],
    ['for another host', { name: 'elsewhere.test' }, /another host/],
  ];

  it('a self-signed certificate is refused, and the variable that would trust it is named', async () => {
    const { server } = await against(alive, { certificate: good });
    const client = shortClient(`https://localhost:${server.port}`);
    open.push(client);
    const failure = failureOf(await client.liveliness(never));
    expect(failure).toMatchObject({ code: 'TLS' });
    expect(failure.text).toContain('self-signed');
    expect(failure.next).toContain('NODE_EXTRA_CA_CERTS');
    expect(server.requests).toEqual([]);
  });

  it('a trusted certificate answers', async () => {
    const { server } = await against(alive, { certificate: good });
    const client = shortClient(`https://localhost:${server.port}`, { ca: good.cert });
    open.push(client);
    expect((await client.liveliness(never)).kind).toBe('answered');
  });

  it.each(cases)('a certificate that is %s says just that', async (_what, options, words) => {
    const certificate = createCertificate(options);
    const { server } = await against(alive, { certificate });
    const client = shortClient(`https://localhost:${server.port}`, { ca: certificate.cert });
    open.push(client);
    const failure = failureOf(await client.liveliness(never));
    expect(failure.code).toBe('TLS');
    expect(failure.text).toMatch(words);
    expect(server.requests).toEqual([]);
  });

  it('https to a plain port says to try http', async () => {
    const { server } = await against(answer(400, 'Invalid HTTP request received.', { 'content-type': 'text/plain' }), {
      greet: (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    });
    const client = shortClient(`https://127.0.0.1:${server.port}`);
    open.push(client);
    const failure = failureOf(await client.liveliness(never));
    expect(failure).toMatchObject({ code: 'TLS', next: `Try http: --url http://127.0.0.1:${server.port}` });
  });

  it('https to a port that stays silent is TLS within the TLS budget', async () => {
    const { server } = await against(silent);
    const client = shortClient(`https://127.0.0.1:${server.port}`);
    open.push(client);
    expect(failureOf(await client.liveliness(never)).code).toBe('TLS');
    await expectLeastLatency(client, 600);
  });

  it('http to a TLS port says to try https, and no second request is sent', async () => {
    const { server } = await against(alive, { certificate: good });
    const client = shortClient(`http://127.0.0.1:${server.port}`);
    open.push(client);
    const failure = failureOf(await client.liveliness(never));
    expect(failure).toMatchObject({ code: 'TLS', next: `Try https: --url https://127.0.0.1:${server.port}` });
    expect(server.requests).toEqual([]);
  });
});

describe('connections', () => {
  it('a kept connection that the peer closes between two probes is no failure', async () => {
    const { client, server } = await against(closeOnReuse(alive));
    for (let i = 0; i < 5; i += 1) expect((await client.liveliness(never)).kind).toBe('answered');
    expect(server.connections()).toBeGreaterThan(1);
  });

  it('free questions share a kept connection', async () => {
    const { client, server } = await against(alive);
    for (let i = 0; i < 5; i += 1) await client.liveliness(never);
    expect(server.connections()).toBe(1);
  });

  it('a paid question has its own connection and is never sent twice', async () => {
    const { client, server } = await against(closeAtOnce);
    expect(failureOf(await client.chat('gpt-4o-mini', never)).code).toBe('RESET');
    expect(failureOf(await client.health(never)).code).toBe('RESET');
    expect(server.requests.length).toBe(2);
  });

  it('failures leave no connection behind', async () => {
    const { client, server } = await against(silent);
    await Promise.all([client.liveliness(never), client.readiness(never), client.models(never)]);
    await expect.poll(() => server.open()).toBe(0);
  });

  it.each(['127.0.0.1', '::1'])('localhost finds a gateway that listens on %s only', async (host) => {
    const server = await startFaultServer(alive, { host }).catch(() => null);
    if (server === null) return expect(host).toBe('::1'); // no IPv6 on this machine
    const client = shortClient(`http://localhost:${server.port}`);
    open.push(server, client);
    expect((await client.liveliness(never)).kind).toBe('answered');
    expect((await client.readiness(never)).kind).toBe('failed');
    expect(server.requests.length).toBe(2);
  });

  it('an address in brackets, a path prefix and a final slash are understood, userinfo is left out', async () => {
    const server = await startFaultServer(alive, { host: '::1' }).catch(() => null);
    const target = server ?? (await startFaultServer(alive));
    const host = server === null ? '127.0.0.1' : '[::1]';
    const client = shortClient(`http://someone:hunter2@${host}:${target.port}/llm/`);
    open.push(target, client);
    expect((await client.liveliness(never)).kind).toBe('answered');
    expect(target.requests[0]).toMatch(/^GET \/llm\/health\/liveliness HTTP\/1\.1\r\n/);
    expect(target.requests.join()).not.toMatch(/hunter2|c29tZW9uZQ/);
  });

  it('ports that fetch refuses are asked like any other', async () => {
    const server = await startFaultServer(alive, { port: 10_080 }).catch(() => null);
    if (server === null) return expect.soft('port 10080 is taken on this machine').toBeTruthy();
    const client = shortClient(server.url);
    open.push(server, client);
    expect((await client.liveliness(never)).kind).toBe('answered');
  });
});

describe('answers of something else', () => {
  const html = '<html><head><title>Sign in</title></head><body>nginx</body></html>';
  const page = { 'content-type': 'text/html' };
  it.each([
    ['a login page with 200', answer(200, html, page), 'NOT_LITELLM'],
    ['JSON of another program', answer(200, '{"hello":"world"}'), 'NOT_LITELLM'],
    ['a JSON string that is not ours', answer(200, '"hello"'), 'NOT_LITELLM'],
    ['plain text', answer(200, 'OK', { 'content-type': 'text/plain' }), 'NOT_LITELLM'],
    ['a 404 page', answer(404, html, page), 'NOT_LITELLM'],
    ['a FastAPI without our path', answer(404, '{"detail":"Not Found"}'), 'NOT_LITELLM'],
    ['502 of a proxy in front', answer(502, html, page), 'BAD_GATEWAY'],
    ['503 of a proxy in front', answer(503, html, page), 'BAD_GATEWAY'],
    ['504 of a load balancer', answer(504, '{"message":"Endpoint request timed out"}'), 'BAD_GATEWAY'],
    ['an empty body', answer(200, ''), 'BAD_BODY'],
    ['broken JSON', answer(200, '{"a":'), 'BAD_BODY'],
    ['null', answer(200, 'null'), 'BAD_BODY'],
    ['a list', answer(200, '[]'), 'BAD_BODY'],
    ['JSON 10,000 levels deep', answer(200, '['.repeat(10_000) + ']'.repeat(10_000)), 'BAD_BODY'],
    ['a number of a million digits', answer(200, '7'.repeat(1_000_000)), 'BAD_BODY'],
    [
      'an error of LiteLLM',
      answer(500, '{"error":{"message":"boom","type":"x","param":null,"code":"500"}}'),
      'HTTP_STATUS',
    ],
    ['a redirect', answer(302, '', { location: '/ui/' }), 'REDIRECT'],
    ['uvicorn at its limit', answer(503, 'Service Unavailable', { 'content-type': 'text/plain' }), 'OVERLOADED'],
    ['a gateway that drains', answer(503, '{"status":"shutting_down"}'), 'SHUTTING_DOWN'],
  ] as [string, Behaviour, FailureCode][])('%s is not taken for a good answer', async (_what, behaviour, code) => {
    expect(await codeOf(behaviour)).toBe(code);
  });

  it('hostile JSON neither throws nor stalls', async () => {
    for (const body of ['['.repeat(10_000), '7'.repeat(1_000_000), `{"a":${'{"a":'.repeat(5_000)}`]) {
      const { client } = await against(answer(200, body));
      const longest = await longestStallMs(async () => {
        const answers: Answer<unknown>[] = [];
        for (const ask of ['liveliness', 'models', 'modelInfo', 'health'] as const)
          answers.push(await client[ask](never));
        expect(answers.map((one) => one.kind)).toEqual(['failed', 'failed', 'failed', 'failed']);
      }, STALL_MS);
      // One parse that blocks would be seen far above this.
      expect(longest).toBeLessThan(STALL_MS);
    }
  });

  it('a byte order mark before the JSON is accepted', async () => {
    const { client } = await against(answer(200, `\uFEFF${ALIVE}`));
    expect((await client.liveliness(never)).kind).toBe('answered');
  });

  it('retry-after is passed on', async () => {
    const body = '{"error":{"message":"Worker at capacity","type":"overloaded_error","code":"503"}}';
    const { client } = await against(answer(503, body, { 'retry-after': '7' }));
    expect(failureOf(await client.models(never))).toMatchObject({ code: 'OVERLOADED', retryAfterS: 7, status: 503 });
  });
});

describe('the key', () => {
  it('goes to the configured origin only, and not to where a redirect points', async () => {
    const trap = await startFaultServer(alive);
    const target = `http://user:pw@127.0.0.1:${trap.port}/v1/models?token=secret#frag`;
    const { client, server } = await against(answer(307, '', { location: target }));
    open.push(trap);
    const failure = failureOf(await client.models(never));
    expect(failure.code).toBe('REDIRECT');
    expect(failure.text).toContain(`http://127.0.0.1:${trap.port}/v1/models`);
    expect(failure.text).not.toMatch(/user|pw|token|secret|frag/);
    expect(server.requests[0]).toContain(`authorization: Bearer ${KEY}`);
    expect(trap.connections()).toBe(0);
  });

  it('is sent in the configured header and nowhere else, never to open endpoints', async () => {
    const { client, server } = await against(answer(401, '{}'), {}, { keyHeader: 'X-My-Key' });
    await client.models(never);
    await client.liveliness(never);
    await client.readiness(never);
    await client.hub(never);
    expect(server.requests[0]).toContain(`x-my-key: Bearer ${KEY}`);
    expect(server.requests[0]?.toLowerCase()).not.toContain('authorization');
    expect(server.requests.slice(1).join()).not.toContain(KEY);
  });

  it('is in no text, even where the gateway repeats it', async () => {
    const message = `Malformed API Key passed in. Passed in: ${KEY}`;
    const body = JSON.stringify({ error: { message, type: 'auth_error', param: 'None', code: '401' } });
    const { client } = await against(answer(401, body));
    const got = await client.models(never);
    expect(JSON.stringify(got)).not.toContain(KEY);
    expect(failureOf(got).code).toBe('KEY_REJECTED');
  });

  it.each(['two\nlines', 'schl\u00fcssel\u2713', ''])('%j is not sent, and that is KEY_REJECTED', async (key) => {
    const { client, server } = await against(alive, {}, { key: { reveal: () => key } });
    expect(failureOf(await client.models(never)).code).toBe('KEY_REJECTED');
    expect(server.requests).toEqual([]);
  });
});
