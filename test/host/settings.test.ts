import { describe, expect, it } from 'vitest';
import { createHostMonitor } from '../../src/host/monitor.ts';
import type { GatewaySettings } from '../../src/host/types.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { type FakeProcess, fakeMachine } from './fake-proc.ts';

const SECRET = 'fake-value-that-must-not-show';

/** The settings of a gateway started with these words, environment and files. */
async function settingsOf(process: Partial<FakeProcess>, files: Record<string, string> = {}): Promise<GatewaySettings> {
  const machine = fakeMachine();
  machine.listening = [77];
  machine.add({ pid: 100, argv: ['litellm'], comm: 'litellm', fds: ['socket:[77]'], ...process });
  for (const [path, text] of Object.entries(files)) machine.files.set(path, text);
  const options = { host: 'localhost', port: 4000, local: true, pid: null };
  return createHostMonitor(options, createScrub([]), machine.deps).settings();
}

const CONFIG = ['litellm', '--config', 'conf/a.yaml'];

describe('settings', () => {
  it('finds the key in the environment and keeps nothing of it', async () => {
    const settings = await settingsOf({
      environ: `LITELLM_MASTER_KEY=${SECRET}\0DATABASE_URL=postgres://u:${SECRET}@h/d\0`,
    });
    expect(settings).toMatchObject({ masterKeySet: true, databaseConfigured: true, runsWithoutKey: false });
    expect(JSON.stringify(settings)).not.toContain(SECRET);
  });

  it('reads the config file, relative to the folder of the process', async () => {
    const text = `
general_settings: {master_key: ${SECRET}, background_health_checks: true, health_check_interval: 60, database_url: x}
litellm_settings: {cache: true, cache_params: {type: redis, host: h}}
`;
    expect(await settingsOf({ argv: CONFIG }, { '/srv/conf/a.yaml': text })).toEqual({
      configPath: '/srv/conf/a.yaml',
      masterKeySet: true,
      databaseConfigured: true,
      redisConfigured: true,
      backgroundHealthChecks: true,
      healthCheckIntervalS: 60,
      runsWithoutKey: false,
    });
  });

  it('takes the config of another mount namespace as its process sees it', async () => {
    const files = {
      '/proc/100/root/srv/conf/a.yaml': 'general_settings: {background_health_checks: true}',
      '/srv/conf/a.yaml': 'general_settings: {}',
    };
    const settings = await settingsOf({ argv: CONFIG }, files);
    expect(settings).toMatchObject({ backgroundHealthChecks: true, healthCheckIntervalS: 300 });
  });

  it('runs without a key only where environment and config both say so', async () => {
    expect(await settingsOf({})).toMatchObject({
      masterKeySet: false,
      runsWithoutKey: true,
      databaseConfigured: false,
    });
    const open = { '/srv/conf/a.yaml': 'general_settings: {}' };
    expect((await settingsOf({ argv: CONFIG }, open)).runsWithoutKey).toBe(true);
  });

  it.each<[string, Partial<FakeProcess>, Record<string, string>]>([
    ['the config cannot be read', { argv: CONFIG }, {}],
    ['the config is no YAML', { argv: CONFIG }, { '/srv/conf/a.yaml': '{[' }],
    ['the config is a list', { argv: CONFIG }, { '/srv/conf/a.yaml': '- 1' }],
    ['a part of the config is missing', { argv: CONFIG }, { '/srv/conf/a.yaml': 'include: [b.yaml]' }],
    ['the environment is not ours to read', { denied: true }, {}],
    ['the config lies in a bucket', { environ: 'LITELLM_CONFIG_BUCKET_NAME=b\0' }, {}],
    ['a .env beside it names the key', {}, { '/srv/.env': 'export LITELLM_MASTER_KEY=x' }],
    ['it is another program', { argv: ['/usr/bin/node', 'server.js'], comm: 'node' }, {}],
    [
      'a secret manager may hold the key',
      { argv: CONFIG },
      { '/srv/conf/a.yaml': 'general_settings: {key_management_system: aws}' },
    ],
  ])('leaves the key open when %s', async (_, process, files) => {
    expect(await settingsOf(process, files)).toMatchObject({ masterKeySet: null, runsWithoutKey: null });
  });

  it('follows a key that the config takes from the environment', async () => {
    const files = { '/srv/conf/a.yaml': 'general_settings: {master_key: os.environ/MY_KEY}' };
    expect((await settingsOf({ argv: CONFIG, environ: 'MY_KEY=x\0' }, files)).masterKeySet).toBe(true);
    expect((await settingsOf({ argv: CONFIG }, files)).runsWithoutKey).toBe(true);
  });

  it('does not call a gateway open that checks callers in another way', async () => {
    const files = { '/srv/conf/a.yaml': 'general_settings: {enable_jwt_auth: true}' };
    expect((await settingsOf({ argv: CONFIG }, files)).runsWithoutKey).toBe(false);
  });

  it('merges what the config includes', async () => {
    const files = {
      '/srv/conf/a.yaml': 'include: [more/b.yaml]\ngeneral_settings: {master_key: k}',
      '/srv/conf/more/b.yaml': 'router_settings: {redis_host: h}\ngeneral_settings: {background_health_checks: true}',
    };
    expect(await settingsOf({ argv: CONFIG }, files)).toMatchObject({
      masterKeySet: true,
      redisConfigured: true,
      backgroundHealthChecks: true,
    });
  });

  it('reads CONFIG_FILE_PATH where the server was started bare', async () => {
    const argv = ['uvicorn', 'litellm.proxy.proxy_server:app', '--port', '4000'];
    const files = { '/etc/c.yaml': 'general_settings: {background_health_checks: true}' };
    const settings = await settingsOf({ argv, comm: 'uvicorn', environ: 'CONFIG_FILE_PATH=/etc/c.yaml\0' }, files);
    expect(settings).toMatchObject({ configPath: '/etc/c.yaml', backgroundHealthChecks: true });
  });

  it('counts a cache in memory as no Redis', async () => {
    const files = { '/srv/conf/a.yaml': 'litellm_settings: {cache: true, cache_params: {type: local}}' };
    expect((await settingsOf({ argv: CONFIG }, files)).redisConfigured).toBe(false);
  });
});
