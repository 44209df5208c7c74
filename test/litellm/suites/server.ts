import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { deployment } from '../deployments.ts';
import { isGone } from '../processes.ts';
import { startRig } from '../rig.ts';
import { STRANGERS } from '../strangers.ts';
import { startTap } from '../tap.ts';
import { freePort } from '../upstream.ts';
import { look, type MonitorEvent, newAccount, type RunOptions, startMonitor } from '../watchtower.ts';
import { openOf } from './fixtures.ts';

const DEPLOYMENTS = [deployment('gpt-4o-mini', 'openai/gpt-4o-mini'), deployment('long', 'openai/gpt-4o', 'very-slow')];
const FREE = ['--no-paid-probes'];

interface Outage {
  /** The word that `failure.code` must say. */
  code: string;
  /** What the next step must speak of. */
  next: RegExp;
  /** The limit of a liveliness question that this outage runs into, ms. */
  deadlineMs?: number;
  url: () => Promise<{ url: string; stop(): Promise<void> }>;
}

const nothing = async (): Promise<void> => {};

/** What can stand where a gateway should, by name. */
const OUTAGES: Record<string, Outage> = {
  'a closed port': {
    code: 'REFUSED',
    next: /start/i,
    url: async () => ({ url: `http://127.0.0.1:${await freePort()}`, stop: nothing }),
  },
  'a name that does not exist': {
    code: 'DNS',
    next: /resol|host|dns/i,
    url: async () => ({ url: 'http://gateway.invalid:4000', stop: nothing }),
  },
  'a server that accepts and stays silent': {
    code: 'FIRST_BYTE_TIMEOUT',
    next: /hang|overloaded|log/i,
    deadlineMs: 5_000,
    url: STRANGERS.silent,
  },
  'https on a port that speaks plain HTTP': {
    code: 'TLS',
    next: /--url http:/,
    url: async () => {
      const page = await STRANGERS.page();
      return { ...page, url: page.url.replace('http:', 'https:') };
    },
  },
  'a server that resets the connection': { code: 'RESET', next: /log/i, url: STRANGERS.reset },
  'another web server': { code: 'NOT_LITELLM', next: /--url/, url: STRANGERS.page },
  'a reverse proxy without its LiteLLM': { code: 'BAD_GATEWAY', next: /\S/, url: STRANGERS.badGateway },
  'an answer larger than the cap': { code: 'BODY_TOO_LARGE', next: /--url/, url: STRANGERS.huge },
  'an answer that drips for ever': { code: 'DEADLINE', next: /log|--url/i, deadlineMs: 10_000, url: STRANGERS.drip },
};

/** Each way in which a gateway can be out of reach has its own word, its limit and its next step. Needs no LiteLLM. */
export function outages(): void {
  test.for(Object.entries(OUTAGES))('%s', { concurrent: true }, async ([, outage]) => {
    const account = newAccount();
    const stranger = await outage.url();
    try {
      const { snapshot, code } = await look(stranger.url, { account, key: 'sk-fake-key-for-strangers-0123456789' });
      const { live, state } = snapshot.gateway;
      expect(live).toMatchObject({ state: 'DOWN', failure: { code: outage.code } });
      expect(live.failure?.next).toMatch(outage.next);
      expect(state).toBe('DOWN');
      expect(snapshot.verdict).toMatchObject({ state: 'CRIT', class: 'SERVER', exit: 2 });
      expect(openOf(snapshot, 'SERVER')).toHaveLength(1);
      expect(code).toBe(2);
      if (outage.deadlineMs !== undefined) {
        expect(live.latencyMs).toBeGreaterThan(outage.deadlineMs * 0.9);
        expect(live.latencyMs).toBeLessThan(outage.deadlineMs * 1.1);
      }
    } finally {
      await stranger.stop();
      account.remove();
    }
  });

  test('--timeout bounds the whole look at a server that never ends its answer', { concurrent: true }, async () => {
    const account = newAccount();
    const drip = await STRANGERS.drip();
    const quick = await look('http://127.0.0.1:9', { account });
    const { snapshot, ms } = await look(drip.url, { account }, ['--timeout', '4s']);
    await drip.stop();
    account.remove();
    // What a look costs by itself (start of the program, a second look at the processes) is not the question's.
    expect(ms - quick.ms).toBeLessThan(4_000 * 1.1);
    expect(snapshot.watchtower.problems.map((one) => one.code)).toContain('TIMEOUT');
    expect(snapshot.gateway.state).not.toBe('OK');
  });
}

/** States of a real proxy that pass, or that are no outage of the port: none of them may be called down. */
export function passingStates(version: string): void {
  const watched = async (work: (options: RunOptions) => Promise<void>): Promise<void> => {
    const account = newAccount();
    await work({ account, key: 'sk-fake-master-key-0123456789abcdef' }).finally(account.remove);
  };

  test('a process whose port is still closed is STARTING, then OK', () =>
    watched(async (options) => {
      const rig = await startRig({ version, deployments: DEPLOYMENTS, waitUntilReady: false });
      try {
        const { snapshot, code } = await look(rig.url, options, FREE);
        expect(snapshot.gateway).toMatchObject({ state: 'STARTING', live: { failure: { code: 'REFUSED' } } });
        expect(snapshot.verdict).toMatchObject({ state: 'WARN', next: expect.stringMatching(/wait/i) });
        expect(snapshot.processes.map((one) => one.pid)).toContain(rig.pid);
        expect(openOf(snapshot, 'SERVER')).toEqual([]);
        expect(code).toBe(1);
        await rig.ready();
        expect((await look(rig.url, options, FREE)).snapshot.gateway.state).toBe('OK');
      } finally {
        await rig.stop();
      }
    }));

  test('a process that finishes its requests after SIGTERM is DRAINING, and DOWN when it has gone', () =>
    watched(async (options) => {
      const rig = await startRig({ version, deployments: DEPLOYMENTS });
      const monitor = startMonitor(rig.url, options, [...FREE, '--interval', '5s']);
      try {
        await monitor.untilStatus('the gateway is OK', (one) => one.gateway.state === 'OK' && one.processes.length > 0);
        const body = JSON.stringify({ model: 'long', messages: [{ role: 'user', content: 'ping' }] });
        const inFlight = rig.ask('/v1/chat/completions', { method: 'POST', body });
        await untilTrue('the request is at the provider', () => rig.upstream.count('long').all > 0);
        process.kill(rig.pid, 'SIGTERM');
        await monitor.until('DRAINING', (one) => one.type === 'gateway' && one.what === 'DRAINING', 5_000);
        const { snapshot: draining, code } = await look(rig.url, options, FREE);
        expect(draining.gateway).toMatchObject({ state: 'DRAINING', why: expect.stringMatching(/finish|no new/i) });
        expect(draining.verdict.state).toBe('WARN');
        expect(openOf(draining, 'SERVER')).toEqual([]);
        expect(code).toBe(1);
        expect((await inFlight).status).toBe(200);
        await untilTrue('the process has gone', () => isGone(rig.pid));
        await monitor.until('DOWN', (one) => one.type === 'gateway' && one.what === 'DOWN', 10_000);
        const fires = (one: MonitorEvent): boolean =>
          one.type === 'incident' && one.incident.class === 'SERVER' && one.what === 'FIRING';
        await monitor.until('SERVER fires', fires, 10_000);
        const states = monitor.events().flatMap((one) => (one.type === 'gateway' ? [one.what] : []));
        expect(states).toEqual(['DRAINING', 'DOWN']);
      } finally {
        await monitor.stop();
        await rig.stop();
      }
    }));

  test('a proxy that only says it is alive is WEDGED', () =>
    watched(async (options) => {
      const rig = await startRig({ version, deployments: DEPLOYMENTS });
      const tap = await startTap(rig.url, { hold: (path) => path !== '/health/liveliness' });
      try {
        const { snapshot, code } = await look(tap.url, options, [...FREE, '--pid', String(rig.pid)]);
        expect(snapshot.gateway).toMatchObject({ state: 'WEDGED', live: { state: 'OK', status: 200 } });
        expect(snapshot.verdict).toMatchObject({
          state: 'CRIT',
          class: 'SERVER',
          next: expect.stringMatching(/restart/),
        });
        expect(code).toBe(2);
      } finally {
        await tap.stop();
        await rig.stop();
      }
    }));
}

async function untilTrue(what: string, condition: () => boolean, limitMs = 20_000): Promise<void> {
  const last = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > last) throw new Error(`not within ${limitMs} ms: ${what}`);
    await sleep(50);
  }
}
