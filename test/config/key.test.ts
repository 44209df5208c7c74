import { inspect } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { resolveSettings } from '../../src/config/resolve.ts';
import { Secret } from '../../src/config/secret.ts';
import { type World, world } from './world.ts';

const resolve = (given: World) => resolveSettings({ flags: given.flags ?? {} }, world(given));

async function keyOf(given: World) {
  const resolved = await resolve(given);
  if (!resolved.ok) throw new Error(resolved.errors.join('\n'));
  return { key: resolved.key?.reveal() ?? null, from: resolved.settings.keyFrom, warnings: resolved.warnings };
}

describe('the key', () => {
  const env = { LITELLM_MASTER_KEY: 'sk-env-master' };
  const dotenv = { '/srv/gw/.env': '# note\n\nLITELLM_MASTER_KEY="sk-dotenv" # mine\n' };
  const keyFile = { '/k': 'sk-file\n' };
  const config = { '/home/u/.config/skypiea-watchtower/config.yaml': 'key-file: /k\n' };

  test.each<[string, World, string | null, string | null]>([
    ['nowhere', {}, null, null],
    ['.env', { files: dotenv }, 'sk-dotenv', '.env line 3, LITELLM_MASTER_KEY'],
    ['environment over .env', { env, files: dotenv }, 'sk-env-master', 'environment, LITELLM_MASTER_KEY'],
    ['config file over .env', { files: { ...dotenv, ...keyFile, ...config } }, 'sk-file', '/k'],
    [
      'environment over config file',
      { env, files: { ...keyFile, ...config } },
      'sk-env-master',
      'environment, LITELLM_MASTER_KEY',
    ],
    ['flag over environment', { flags: { 'key-file': '/k' }, env, files: keyFile }, 'sk-file', '/k'],
    ['WATCHTOWER_KEY_FILE', { env: { WATCHTOWER_KEY_FILE: '/k' }, files: keyFile }, 'sk-file', '/k'],
    [
      'WATCHTOWER_KEY over the others',
      { env: { ...env, WATCHTOWER_KEY: 'sk-own', LITELLM_API_KEY: 'sk-api' } },
      'sk-own',
      'environment, WATCHTOWER_KEY',
    ],
    ['LITELLM_API_KEY', { env: { LITELLM_API_KEY: 'sk-api' } }, 'sk-api', 'environment, LITELLM_API_KEY'],
    [
      'an empty variable is none',
      { env: { LITELLM_MASTER_KEY: '' }, files: dotenv },
      'sk-dotenv',
      '.env line 3, LITELLM_MASTER_KEY',
    ],
    [
      'a named env file',
      { flags: { 'env-file': 'prod/.env' }, files: { '/srv/gw/prod/.env': 'LITELLM_API_KEY=sk-prod' } },
      'sk-prod',
      'prod/.env line 1, LITELLM_API_KEY',
    ],
    [
      'the last of duplicates',
      { files: { '/srv/gw/.env': 'LITELLM_MASTER_KEY=sk-1\nLITELLM_MASTER_KEY=sk-2\n' } },
      'sk-2',
      '.env line 2, LITELLM_MASTER_KEY',
    ],
    [
      'an expanded value',
      { env: { BASE: 'sk-base' }, files: { '/srv/gw/.env': `LITELLM_MASTER_KEY='\${BASE}-\${X:-1}'` } },
      'sk-base-1',
      '.env line 1, LITELLM_MASTER_KEY',
    ],
  ])('comes from %s', async (_name, given, key, from) => {
    expect(await keyOf(given)).toMatchObject({ key, from });
  });

  it('behind a byte-order mark is used, and that LiteLLM does not see it is said', async () => {
    const { key, warnings } = await keyOf({ files: { '/srv/gw/.env': '\ufeffLITELLM_MASTER_KEY=sk-1\n' } });
    expect(key).toBe('sk-1');
    expect(warnings).toEqual([
      '.env begins with a byte-order mark: LiteLLM itself does not see LITELLM_MASTER_KEY there',
    ]);
  });

  it('in quotes that are part of it is warned of', async () => {
    const { warnings } = await keyOf({ env: { LITELLM_MASTER_KEY: '"sk-1234"' } });
    expect(warnings.join()).toContain('stands in quotes');
  });

  test.each([
    ['a blank', 'sk-secret word', 'holds a blank'],
    ['a line break', 'sk-secret\nword', 'holds a line break'],
    ['a control character', 'sk-secret\u0007', 'holds a control character'],
    ['a letter outside ASCII', 'sk-sécret', 'holds a character outside ASCII'],
    ['a dash of a word processor', 'sk\u2013secret', 'holds a character outside ASCII'],
    ['too much', 'sk-secret'.repeat(1000), 'is longer than 4096 characters'],
  ])('with %s is one clear line without the key', async (_name, value, told) => {
    const resolved = await resolve({ env: { LITELLM_MASTER_KEY: value } });
    expect(resolved.ok).toBe(false);
    const lines = resolved.ok ? [] : resolved.errors;
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`the key from environment, LITELLM_MASTER_KEY ${told}`);
    expect(lines[0]).not.toMatch(/secret|sécret/);
  });

  test.each([
    ['missing', {}, 'does not exist'],
    ['empty', { '/k': '\n' }, 'is empty'],
    ['a directory', { '/k': { kind: 'refused' as const, why: 'is a directory', unsafe: false } }, 'is a directory'],
  ])('file that is %s is an error', async (_name, files, told) => {
    const resolved = await resolve({ flags: { 'key-file': '/k' }, files });
    expect(resolved.ok ? [] : resolved.errors).toEqual([`--key-file: /k ${told}`]);
  });

  it('file that others can read is warned of, but for mounted secrets', async () => {
    const file = { kind: 'text' as const, text: 'sk-1', readableByOthers: true, foreign: false };
    const open = await keyOf({ flags: { 'key-file': '/k' }, files: { '/k': file } });
    expect(open.warnings).toEqual(['/k can be read by other users: chmod 600 /k']);
    const mounted = await keyOf({ flags: { 'key-file': '/run/secrets/k' }, files: { '/run/secrets/k': file } });
    expect(mounted.warnings).toEqual([]);
  });
});

describe('.env', () => {
  const refused = (why: string, unsafe = false) => ({ '/srv/gw/.env': { kind: 'refused' as const, why, unsafe } });

  it('is not missed where it was not named', async () => {
    expect((await keyOf({})).warnings).toEqual([]);
  });

  it('that cannot be read is a warning where it was only looked for, an error where it was named', async () => {
    const found = await keyOf({ files: refused('is a directory') });
    expect(found).toEqual({ key: null, from: null, warnings: ['.env is a directory: not loaded'] });
    const named = await resolve({ flags: { 'env-file': '.env' }, files: refused('is a directory') });
    expect(named.ok ? [] : named.errors).toEqual(['--env-file "/srv/gw/.env": is a directory (from flag --env-file)']);
    const missing = await resolve({ flags: { 'env-file': 'x' } });
    expect(missing.ok ? [] : missing.errors).toEqual(['--env-file "/srv/gw/x": does not exist (from flag --env-file)']);
  });

  it('of a folder that everybody may write to is never loaded, named or not, and that is said', async () => {
    const files = refused('is in a folder that every user may write to', true);
    for (const flags of [{}, { 'env-file': '.env' }]) {
      const { key, warnings } = await keyOf({ flags, files });
      expect(key).toBeNull();
      expect(warnings.join()).toContain('is in a folder that every user may write to: not loaded');
    }
  });

  it('that others can read is warned of once', async () => {
    const file = { kind: 'text' as const, text: 'A=1', readableByOthers: true, foreign: false };
    const { warnings } = await keyOf({ files: { '/srv/gw/.env': file } });
    expect(warnings).toEqual(['.env can be read by other users: chmod 600 .env']);
  });

  it('has the lines that cannot be read named', async () => {
    const { warnings } = await keyOf({ files: { '/srv/gw/.env': 'A=1\nKEY: v\n' } });
    expect(warnings).toEqual(['.env line 2 cannot be read and is skipped, by LiteLLM too']);
  });
});

describe('a Secret', () => {
  const key = new Secret('sk-abcdefghijklmnopqrstuvwxyz');

  it('shows its last two characters at most, in every way of printing', () => {
    const shown = 'sk-…yz';
    expect(`${key}`).toBe(shown);
    expect(JSON.stringify({ key })).toBe(`{"key":"${shown}"}`);
    expect(inspect({ key }, { showHidden: true, depth: 9 })).toContain(shown);
    expect(inspect({ key }, { showHidden: true, depth: 9 })).not.toContain('abc');
    expect(Object.keys(key)).toEqual([]);
    expect(key.reveal()).toBe('sk-abcdefghijklmnopqrstuvwxyz');
  });

  it('shows nothing of a short one', () => {
    expect(`${new Secret('sk-1234')}`).toBe('[redacted]');
    expect(`${new Secret('x'.repeat(15))}`).toBe('[redacted]');
    expect(`${new Secret('abcdefghijklmnop')}`).toBe('…op');
  });
});
