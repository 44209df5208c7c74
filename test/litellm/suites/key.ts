import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deployment } from '../deployments.ts';
import { MASTER_KEY } from '../rig.ts';
import { startTap } from '../tap.ts';
import { look, run } from '../watchtower.ts';
import { openOf, withRig } from './fixtures.ts';

const WRONG_KEY = 'sk-fake-wrong-key-abcdef0123456789';
const DEPLOYMENTS = [deployment('gpt-4o-mini', 'openai/gpt-4o-mini')];
const FREE = ['--no-paid-probes'];
const OPEN_ENDPOINTS = ['GET /health/liveliness', 'GET /health/readiness', 'GET /public/model_hub/info'];

/** The states of our own key. What LiteLLM answers to a bad one differs by release, what is shown does not. */
export function keyStates(version: string): void {
  describe('a proxy that asks for a key', () => {
    const bench = withRig({ version, deployments: DEPLOYMENTS });

    test('the right key is OK and its origin is named', async () => {
      const { rig, account } = bench();
      const { snapshot } = await look(rig.url, { account, key: MASTER_KEY }, FREE);
      expect(snapshot.gateway.key.state).toBe('OK');
      expect(snapshot.gateway.key.from).toContain('LITELLM_MASTER_KEY');
      expect(snapshot.gateway.modelsList).toMatchObject({ status: 200, count: 1 });
    });

    test.each([
      ['wrong', WRONG_KEY],
      ['malformed', 'not-sk-key'],
    ])('a %s key is REJECTED: our trouble, not an outage', async (_, key) => {
      const { rig, account } = bench();
      const { snapshot, code } = await look(rig.url, { account, key }, FREE);
      expect(snapshot.gateway).toMatchObject({ state: 'OK', key: { state: 'REJECTED' } });
      expect(openOf(snapshot, 'SERVER')).toEqual([]);
      expect(openOf(snapshot, 'AUTH_PROVIDER')).toEqual([]);
      const [incident] = openOf(snapshot, 'AUTH_GATEWAY');
      expect(incident).toMatchObject({ scope: 'watcher', severity: 'warn' });
      expect(incident?.fix).toContain('LITELLM_MASTER_KEY');
      expect(code).toBe(1);
      expect(JSON.stringify(snapshot)).not.toContain(key);
    });

    test('a key that no HTTP header can carry is refused before anything is asked', async () => {
      const { rig, account } = bench();
      const tap = await startTap(rig.url);
      const { code, stdout, stderr } = await run(['--once', '--url', tap.url], {
        account,
        key: 'sk-fake-\u043a\u043b\u044e\u0447',
      });
      await tap.stop();
      expect([code, stdout, stderr.trimEnd().split('\n').length]).toEqual([3, '', 1]);
      expect(stderr).toContain('LITELLM_MASTER_KEY');
      expect(stderr).not.toContain('\u043a\u043b\u044e\u0447');
      expect(tap.requests()).toEqual([]);
    });

    test('without a key only the open endpoints are asked, and the log stays clean', async () => {
      const { rig, account } = bench();
      const tap = await startTap(rig.url);
      const before = rig.log().length;
      const { snapshot, code } = await look(tap.url, { account }, ['--pid', String(rig.pid)]);
      const asked = tap.endpoints();
      await tap.stop();
      expect(snapshot.gateway).toMatchObject({ state: 'OK', key: { state: 'MISSING', from: null } });
      expect(openOf(snapshot, 'SERVER')).toEqual([]);
      expect(OPEN_ENDPOINTS).toEqual(expect.arrayContaining(asked));
      expect(tap.requests().every((one) => !one.keyed)).toBe(true);
      expect(rig.log().slice(before)).not.toMatch(/ERROR|Traceback/);
      expect(snapshot.verdict).toMatchObject({ state: 'UNKNOWN', next: expect.stringContaining('LITELLM_MASTER_KEY') });
      expect(code).toBe(3);
    });

    test.each([
      ['a plain line', (key: string) => `# the gateway\nOTHER=1\nLITELLM_MASTER_KEY=${key}\n`, 3],
      ['export, single quotes and a comment', (key: string) => `export LITELLM_MASTER_KEY='${key}' # ours\n`, 1],
      ['a reference with a default', (key: string) => `LITELLM_MASTER_KEY=\${NOT_SET:-${key}}\n`, 1],
      ['a byte order mark and CRLF', (key: string) => `\ufeffLITELLM_MASTER_KEY="${key}"\r\n`, 1],
      [
        'two values, of which the last wins',
        (key: string) => `LITELLM_MASTER_KEY=${WRONG_KEY}\nLITELLM_MASTER_KEY=${key}\n`,
        2,
      ],
    ])('.env with %s gives the key and names its line', async (name, text, line) => {
      const { rig, account } = bench();
      const cwd = join(account.home, name.replaceAll(' ', '-'));
      mkdirSync(cwd);
      writeFileSync(join(cwd, '.env'), text(MASTER_KEY), { mode: 0o600 });
      const { snapshot } = await look(rig.url, { account, cwd }, FREE);
      expect(snapshot.gateway.key).toEqual({ state: 'OK', from: `.env line ${line}, LITELLM_MASTER_KEY` });
    });

    test('--key-file gives the key and is named by its path', async () => {
      const { rig, account } = bench();
      const path = join(account.home, 'key');
      writeFileSync(path, `${MASTER_KEY}\n`, { mode: 0o600 });
      const { snapshot } = await look(rig.url, { account }, [...FREE, '--key-file', path]);
      expect(snapshot.gateway.key.state).toBe('OK');
      expect(snapshot.gateway.key.from).toContain(path);
    });
  });

  describe('a proxy that asks for no key', () => {
    const bench = withRig({ version, deployments: DEPLOYMENTS, masterKey: null });

    test.each([
      ['without a key', undefined],
      ['with a made-up key', WRONG_KEY],
    ])('%s the key is NOT_NEEDED and the models are listed', async (_, key) => {
      const { rig, account } = bench();
      const { snapshot } = await look(rig.url, { account, ...(key !== undefined && { key }) }, FREE);
      expect(snapshot.gateway).toMatchObject({ state: 'OK', key: { state: 'NOT_NEEDED' }, modelsList: { count: 1 } });
      expect(snapshot.models.map((one) => one.name)).toEqual(['gpt-4o-mini']);
      expect(openOf(snapshot, 'AUTH_GATEWAY')).toEqual([]);
    });
  });
}
