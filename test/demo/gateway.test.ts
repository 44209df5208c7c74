import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Demo, type DemoOptions, startDemo } from '../../src/demo/start.ts';
import { createGatewayClient } from '../../src/gateway/client.ts';
import type { GatewayClient } from '../../src/gateway/types.ts';
import { createHostMonitor } from '../../src/host/monitor.ts';
import type { HostMonitor } from '../../src/host/types.ts';
import { createScrub } from '../../src/text/scrub.ts';

const scrub = createScrub([]);
const signal = new AbortController().signal;
const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

async function demo(options: DemoOptions): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'demo-test-'));
  ending.push(() => rmSync(folder, { recursive: true, force: true }));
  const running = await startDemo(options, { clock: systemClock, tmpdir: folder });
  ending.push(() => running.stop());
  return running;
}

function clientOf(running: Demo, key: string | null = running.key): GatewayClient {
  const secret = key === null ? null : { reveal: () => key };
  const client = createGatewayClient({ url: running.url, key: secret, keyHeader: 'Authorization', scrub });
  ending.push(() => client.close());
  return client;
}

function hostOf({ port }: Demo): HostMonitor {
  return createHostMonitor({ host: '127.0.0.1', port, local: true, pid: null }, scrub);
}

async function until<T>(look: () => Promise<T> | T, good: (value: T) => boolean): Promise<T> {
  let value = await look();
  for (const deadline = Date.now() + 15_000; !good(value); value = await look()) {
    if (Date.now() > deadline) throw new Error(`never came: ${JSON.stringify(value).slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return value;
}

const unhealthy = async (client: GatewayClient): Promise<number | string> => {
  const answer = await client.health(signal);
  return answer.kind === 'answered' ? answer.value.unhealthy : answer.kind;
};

describe('the demo gateway', () => {
  it('speaks the dialect: every question of the watchtower has the answer that LiteLLM gives', async () => {
    const running = await demo({ story: 'healthy' });
    const client = clientOf(running);
    const value = async (name: Exclude<keyof GatewayClient, 'close' | 'chat'>) => {
      const answer = await client[name](signal);
      return answer.kind === 'answered' ? answer.value : answer;
    };
    expect(await value('liveliness')).toEqual({ alive: true });
    expect(await value('readiness')).toMatchObject({ database: 'CONNECTED' });
    expect(await value('readinessDetails')).toMatchObject({
      database: 'CONNECTED',
      version: '1.106.2',
      detailedDebug: false,
    });
    expect(await value('hub')).toEqual({ version: '1.106.2' });
    expect(await value('models')).toMatchObject({ names: { length: 11 } });
    expect(await value('modelInfo')).toMatchObject({ deployments: { length: 12 } });
    expect(await value('health')).toMatchObject({ healthy: 12, unhealthy: 0, pending: false });
    expect(await value('latest')).toEqual({ rows: 12 });
    expect(await value('backlog')).toMatchObject({ inFlight: 1 });
    expect(await value('metrics')).toMatchObject({ kind: 'absent' });
    const chat = await client.chat('mistral-small', signal);
    expect(chat).toMatchObject({
      kind: 'answered',
      value: {
        modelGroup: 'mistral-small',
        deploymentId: 'dep-mistral-small',
        finishReason: 'stop',
        attemptedFallbacks: 0,
      },
    });
    expect(await client.chat('no-such-model', signal)).toMatchObject({ kind: 'failed', status: 400 });
  });

  it('answers /health from its background checks: quick, and the same body within a round', async () => {
    const client = clientOf(await demo({ story: 'healthy' }));
    const [one, two] = [await client.health(signal), await client.health(signal)];
    expect(one).toMatchObject({ kind: 'answered' });
    expect(two.kind === 'answered' && one.kind === 'answered' && two.value.bodyHash === one.value.bodyHash).toBe(true);
    await expect.poll(async () => (await client.health(signal)).latencyMs).toBeLessThan(250);
  });

  it('checks keys as LiteLLM does, and in the story of the bad key refuses the one it hands out', async () => {
    const running = await demo({ story: 'bad-key' });
    const refused = await clientOf(running).models(signal);
    expect(refused).toMatchObject({ kind: 'failed', status: 401, failure: { code: 'KEY_REJECTED' } });
    expect(await clientOf(running, null).models(signal)).toMatchObject({ failure: { code: 'KEY_MISSING' } });
    expect(await clientOf(running).liveliness(signal)).toMatchObject({ kind: 'answered' });
    const text = await until(
      () => readFileSync(running.logFile, 'utf8'),
      (log) => log.includes('Requester IP Address'),
    );
    expect(text).not.toContain(running.key);
  });

  it('is a master with two workers, found by its socket, its output in the log file, no key in its words', async () => {
    const running = await demo({ story: 'healthy' });
    const sample = await hostOf(running).processes();
    expect(sample).toMatchObject({ foundBy: 'socket', listening: true });
    expect(sample.processes.map((one) => one.role)).toEqual(['master', 'worker', 'worker']);
    expect(sample.processes[0]?.pid).toBe(running.pids[0]);
    for (const { pid } of sample.processes) {
      expect(readlinkSync(`/proc/${pid}/fd/1`)).toBe(running.logFile);
      expect(readlinkSync(`/proc/${pid}/fd/2`)).toBe(running.logFile);
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('sk-');
    }
    expect(await hostOf(running).settings()).toMatchObject({
      masterKeySet: true,
      databaseConfigured: true,
      redisConfigured: false,
      backgroundHealthChecks: true,
      healthCheckIntervalS: 300,
    });
  });

  it('takes the port that it is told, and says when that is taken or the story unknown', async () => {
    const running = await demo({ story: 'healthy' });
    await expect(demo({ story: 'healthy', port: running.port })).rejects.toThrow(/EADDRINUSE/);
    await expect(demo({ story: 'no-such' })).rejects.toThrow(/no story "no-such"; there are empty-wallet/);
  });

  it('ends with everything that it started and leaves no file', async () => {
    const running = await demo({ story: 'healthy' });
    const pids = (await hostOf(running).processes()).processes.map((one) => one.pid);
    expect(pids).toHaveLength(3);
    await running.stop();
    await until(
      () => pids.filter((pid) => existsSync(`/proc/${pid}`)),
      (left) => left.length === 0,
    );
    expect(existsSync(running.logFile)).toBe(false);
    expect(running.pids).toEqual([]);
  });

  it('leaves no orphan, listener or file when its parent is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'demo-test-'));
    ending.push(() => rmSync(folder, { recursive: true, force: true }));
    const start = new URL('../../src/demo/start.ts', import.meta.url).href;
    const source = `const { startDemo } = await import(${JSON.stringify(start)});
      const { systemClock } = await import(${JSON.stringify(new URL('../../src/clock.ts', import.meta.url).href)});
      const demo = await startDemo({ story: 'healthy' }, { clock: systemClock, tmpdir: ${JSON.stringify(folder)} });
      process.send({ port: demo.port });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    ending.push(() => parent.kill('SIGKILL'));
    const [{ port }] = (await once(parent, 'message')) as [{ port: number }];
    const monitor = createHostMonitor({ host: '127.0.0.1', port, local: true, pid: null }, scrub);
    const pids = (await monitor.processes()).processes.map((one) => one.pid);
    expect(pids).toHaveLength(3);
    parent.kill('SIGKILL');
    await until(
      () => pids.filter((pid) => existsSync(`/proc/${pid}`)),
      (left) => left.length === 0,
    );
    await until(
      () => readdirSync(folder),
      (left) => left.length === 0,
    );
    const again = createServer();
    ending.push(() => again.close());
    again.listen(port, '127.0.0.1');
    await once(again, 'listening');
  });
});

describe('stories, faster than life', () => {
  const SPEED = 20;

  it('empty-wallet: three deployments fail, and recover when the account is topped up', async () => {
    const running = await demo({ story: 'empty-wallet', speed: SPEED });
    const client = clientOf(running);
    await until(
      () => unhealthy(client),
      (count) => count === 3,
    );
    const failed = await client.chat('claude-sonnet', signal);
    expect(failed).toMatchObject({ kind: 'failed', status: 402 });
    await until(
      () => readFileSync(running.logFile, 'utf8'),
      (log) => /402 Payment Required/.test(log) && /Insufficient credits/.test(log),
    );
    await until(
      () => unhealthy(client),
      (count) => count === 0,
    );
    expect(await client.chat('claude-sonnet', signal)).toMatchObject({ kind: 'answered' });
  });

  it('gateway-dies: killed without a word, then back on the same port', async () => {
    // It stays away for 3 s then: a machine that is busy with other tests must see it.
    const running = await demo({ story: 'gateway-dies', speed: SPEED / 2 });
    const client = clientOf(running);
    const [before] = running.pids;
    await until(
      () => client.liveliness(signal),
      (answer) => answer.kind === 'failed' && answer.failure.code === 'REFUSED',
    );
    await until(
      () => running.pids,
      (pids) => pids.length === 0,
    );
    await until(
      () => client.liveliness(signal),
      (answer) => answer.kind === 'answered',
    );
    const [after] = await until(
      () => running.pids,
      (pids) => pids.length === 1,
    );
    expect(after).not.toBe(before);
    const sample = await until(
      () => hostOf(running).processes(),
      (one) => one.processes.length === 3,
    );
    expect(sample.processes[0]?.pid).toBe(after);
  });

  it('worker-dies: a worker is replaced while every answer stays good', async () => {
    const running = await demo({ story: 'worker-dies', speed: SPEED });
    const [client, monitor] = [clientOf(running), hostOf(running)];
    const [before] = running.pids;
    const sample = await until(
      async () => {
        expect(await client.liveliness(signal)).toMatchObject({ kind: 'answered' });
        return monitor.processes();
      },
      (one) => one.replacements.length > 0,
    );
    expect(sample.replacements[0]?.role).toBe('worker');
    expect(running.pids).toEqual([before]);
    const { gonePid } = sample.replacements[0] ?? {};
    await until(
      () => readFileSync(running.logFile, 'utf8'),
      (log) => log.includes(`Child process [${gonePid}] died`),
    );
  });

  it('database-lost: readiness says so, callers get 401, and it comes back', async () => {
    const running = await demo({ story: 'database-lost', speed: SPEED });
    const client = clientOf(running);
    const database = async () => {
      const answer = await client.readiness(signal);
      return answer.kind === 'answered' ? answer.value.database : answer.kind;
    };
    await until(database, (state) => state === 'DISCONNECTED');
    await until(
      () => readFileSync(running.logFile, 'utf8'),
      (log) => /401 Unauthorized/.test(log) && /Prisma/.test(log),
    );
    await until(database, (state) => state === 'CONNECTED');
  });

  it('rate-storm: OpenAI answers 429 with the time to wait', async () => {
    const client = clientOf(await demo({ story: 'rate-storm', speed: SPEED }));
    await until(
      () => unhealthy(client),
      (count) => count === 2,
    );
    const answer = await client.chat('gpt-4o-mini', signal);
    expect(answer).toMatchObject({ kind: 'failed', status: 429 });
    expect(JSON.stringify(answer)).toContain('Please try again in 20s');
  });

  it('begins in the middle when told so: one look sees the incident', async () => {
    const client = clientOf(await demo({ story: 'empty-wallet', at: 30_000 }));
    expect(await unhealthy(client)).toBe(3);
    const gone = await demo({ story: 'gateway-dies', at: 20_000 });
    await until(
      () => clientOf(gone).liveliness(signal),
      (answer) => answer.kind === 'failed',
    );
  });
});
