import { describe, expect, it, test } from 'vitest';
import { resolveSettings } from '../../src/config/resolve.ts';
import type { Settings } from '../../src/config/settings.ts';
import { SETTING_NAMES, type SettingName } from '../../src/config/table.ts';
import { type World, world } from './world.ts';

async function good(given: World) {
  const resolved = await resolveSettings({ flags: given.flags ?? {} }, world(given));
  if (!resolved.ok) throw new Error(resolved.errors.join('\n'));
  return resolved;
}

async function errorsOf(given: World): Promise<string[]> {
  const resolved = await resolveSettings({ flags: given.flags ?? {} }, world(given));
  return resolved.ok ? [] : resolved.errors;
}

describe('precedence', () => {
  const rows: { name: SettingName; field: keyof Settings; values: [string, unknown][]; standard: unknown }[] = [
    {
      name: 'name',
      field: 'name',
      values: ['a', 'b', 'c', 'd'].map((word) => [word, word]),
      standard: 'localhost:4000',
    },
    {
      name: 'interval',
      field: 'intervalMs',
      values: [
        ['5s', 5_000],
        ['1m', 60_000],
        ['90', 90_000],
        ['1h', 3_600_000],
      ],
      standard: 30_000,
    },
    {
      name: 'budget',
      field: 'budgetUsd',
      values: [
        ['0', 0],
        ['0.5', 0.5],
        ['1', 1],
        ['2.25', 2.25],
      ],
      standard: 0.1,
    },
    {
      name: 'fail-on',
      field: 'failOn',
      values: [
        ['crit', 'crit'],
        ['warn', 'warn'],
        ['crit', 'crit'],
        ['warn', 'warn'],
      ],
      standard: 'warn',
    },
    {
      name: 'url',
      field: 'url',
      values: ['a', 'b', 'c', 'd'].map((host) => [`http://${host}:1`, `http://${host}:1`]),
      standard: 'http://localhost:4000',
    },
    {
      name: 'log-file',
      field: 'logFiles',
      values: ['/a', '/b', '/c', '/d'].map((path) => [path, [path]]),
      standard: [],
    },
    {
      name: 'no-paid-probes',
      field: 'paidProbes',
      values: [
        ['true', false],
        ['false', true],
        ['true', false],
        ['no', true],
      ],
      standard: true,
    },
  ];

  test.each(rows)('of $name: flag, environment, file, .env, default', async ({ name, field, values, standard }) => {
    const variable = `WATCHTOWER_${name.replaceAll('-', '_').toUpperCase()}`;
    const [flag, environment, file, dotenv] = values.map(([raw]) => raw) as [string, string, string, string];
    const sources: World[] = [
      { flags: { [name]: flag } },
      { env: { [variable]: environment } },
      { files: { '/home/u/.config/skypiea-watchtower/config.yaml': `${name}: ${file}\n` } },
      { files: { '/srv/gw/.env': `# note\n${variable}=${dotenv}\n` } },
    ];
    const origins = [
      `flag --${name}`,
      `environment, ${variable}`,
      '/home/u/.config/skypiea-watchtower/config.yaml line 1',
      `.env line 2, ${variable}`,
    ];
    for (const from of sources.keys()) {
      const rest = sources.slice(from);
      const merged: World = {
        flags: Object.assign({}, ...rest.map((one) => one.flags)),
        env: Object.assign({}, ...rest.map((one) => one.env)),
        files: Object.assign({}, ...rest.map((one) => one.files)),
      };
      const { settings, origins: told } = await good(merged);
      expect(settings[field]).toEqual(values[from]?.[1]);
      expect(told[name]).toBe(origins[from]);
    }
    const { settings, origins: told } = await good({});
    expect(settings[field]).toEqual(standard);
    expect(told[name]).toBe('default');
  });

  it('lets a flag rescue from a bad value in the environment', async () => {
    const { settings } = await good({ flags: { port: '4001' }, env: { WATCHTOWER_PORT: 'x' } });
    expect(settings.url).toBe('http://localhost:4001');
  });

  it('lets a flag take back a switch of the file by its contrary', async () => {
    const config = '/home/u/.config/skypiea-watchtower/config.yaml';
    const { settings } = await good({ flags: { 'paid-probes': true }, files: { [config]: 'no-paid-probes: true' } });
    expect(settings.paidProbes).toBe(true);
    const contrary = await good({ files: { [config]: 'paid-probes: false' } });
    expect(contrary.settings.paidProbes).toBe(false);
  });

  it('takes an empty variable for not set', async () => {
    const { settings } = await good({ env: { WATCHTOWER_PORT: '', WATCHTOWER_NAME: '' } });
    expect(settings.url).toBe('http://localhost:4000');
  });

  it('names an origin for every setting', async () => {
    const { origins } = await good({});
    expect(Object.keys(origins).sort()).toEqual([...SETTING_NAMES].sort());
  });
});

describe('a bad value', () => {
  const rows: [SettingName, string, RegExp][] = [
    ['url', 'ftp://h', /must be an address that begins with http:\/\/ or https:\/\//],
    ['url', 'localhost:4000', /such as http:\/\/localhost:4000/],
    ['url', 'http://', /must be a valid address/],
    ['url', 'http://h:99999', /must be a valid address/],
    ['url', 'http://h:0', /must be a port from 1 to 65535/],
    ['url', 'http://h?x=1', /must be an address without \? and #/],
    ['url', 'http://h/#x', /must be an address without \? and #/],
    ['url', 'http://a b', /must be an address/],
    ['host', 'http://h', /must be a host name or address alone/],
    ['host', 'h:1', /must be a host name or address alone/],
    ['host', 'a b', /must be a host name or address alone/],
    ['port', '0', /must be a port from 1 to 65535/],
    ['port', '65536', /must be a port from 1 to 65535/],
    ['port', '-1', /must be a port/],
    ['port', '40x', /must be a port/],
    ['port', '4e3', /must be a port/],
    ['name', 'a\u0007b', /must be a name of 1 to 200 printable characters/],
    ['name', 'x'.repeat(201), /must be a name/],
    ['key-file', 'a\0b', /must be a path/],
    ['key-header', 'X Key', /must be the name of an HTTP header/],
    ['key-header', 'X-Key:', /must be the name of an HTTP header/],
    ['interval', '4s', /must be at least 5s, because every round asks the gateway/],
    ['interval', '1', /must be at least 5s/],
    ['interval', '-30s', /must be a duration such as 500ms, 30s, 2m, 1h or 7d/],
    ['interval', '30 sec', /must be a duration/],
    ['interval', '8d', /must be at most 7d/],
    ['interval', 'NaN', /must be a duration/],
    ['chat-interval', '29s', /must be at least 30s, because every chat probe is a real call that costs real money/],
    ['chat-model', ' ', /must be the name of a model/],
    ['no-paid-probes', 'maybe', /must be true or false/],
    ['budget', '-1', /must be an amount in USD from 0/],
    ['budget', '$1', /must be an amount in USD/],
    ['budget', '1e9', /must be an amount in USD/],
    ['pid', '0', /must be a process id from 1/],
    ['pid', 'self', /must be a process id/],
    ['log-file', '', /must be a path/],
    ['journal', '--root=/x', /must be the name of a systemd unit/],
    ['journal', 'a b', /must be the name of a systemd unit/],
    ['container', '-x', /must be the name or id of a container/],
    ['timeout', '1ms', /must be at least 100ms/],
    ['fail-on', 'info', /must be warn, crit/],
    ['wait-ok', 'soon', /must be a duration/],
    ['strict', '2', /must be true or false/],
    ['color', 'blue', /must be always, never, auto/],
    ['ascii', 'ja', /must be true or false/],
    ['accessible', 'x', /must be true or false/],
    ['no-state', 'x', /must be true or false/],
    ['state-dir', 'a\0b', /must be a path/],
  ];

  test.each(rows)('of %s, %j, is told in one line with what is allowed', async (name, raw, allowed) => {
    const [line, ...more] = await errorsOf({ flags: { [name]: raw } });
    expect(more).toEqual([]);
    expect(line).toMatch(allowed);
    expect(line).toContain(`--${name} "`);
    expect(line).toContain(`(from flag --${name})`);
    expect(line).not.toMatch(/[\n\u0007\0]/);
  });

  it('is tested for every setting that has one', () => {
    const tested = new Set(rows.map(([name]) => name));
    expect(SETTING_NAMES.filter((name) => !tested.has(name))).toEqual(['env-file', 'config']);
  });

  it('of the environment, the file or .env names that', async () => {
    expect(await errorsOf({ env: { WATCHTOWER_PORT: 'x' } })).toEqual([
      '--port "x": must be a port from 1 to 65535 (from environment, WATCHTOWER_PORT)',
    ]);
    expect(await errorsOf({ files: { '/srv/gw/.env': '\nWATCHTOWER_PORT=x' } })).toEqual([
      '--port "x": must be a port from 1 to 65535 (from .env line 2, WATCHTOWER_PORT)',
    ]);
    expect(await errorsOf({ flags: { config: 'c.yaml' }, files: { '/srv/gw/c.yaml': 'host: h\nport: x\n' } })).toEqual([
      '--port "x": must be a port from 1 to 65535 (from /srv/gw/c.yaml line 2)',
    ]);
  });

  it('is cut short and shows no secret', async () => {
    const [line] = await errorsOf({ flags: { port: `sk-${'a1b2c3d4'.repeat(30)}` } });
    expect(line).not.toContain('a1b2c3d4a1b2c3d4');
    expect(line?.length).toBeLessThan(200);
  });
});

describe('the address', () => {
  test.each([
    [{}, 'http://localhost:4000', 'localhost:4000'],
    [{ port: '8000' }, 'http://localhost:8000', 'localhost:8000'],
    [{ host: 'gw' }, 'http://gw:4000', 'gw:4000'],
    [{ host: '::1' }, 'http://[::1]:4000', '[::1]:4000'],
    [{ host: '[::1]', port: '1' }, 'http://[::1]:1', '[::1]:1'],
    [{ host: '127.0.0.1', port: '80' }, 'http://127.0.0.1', '127.0.0.1:80'],
    [{ url: 'http://gw:4000/' }, 'http://gw:4000', 'gw:4000'],
    [{ url: 'http://gw:4000/llm/v2//' }, 'http://gw:4000/llm/v2', 'gw:4000'],
    [{ url: 'HTTPS://GW.example' }, 'https://gw.example', 'gw.example:443'],
    [{ url: 'http://[::1]:4000' }, 'http://[::1]:4000', '[::1]:4000'],
    [{ url: 'http://gw', name: 'eu west' }, 'http://gw', 'eu west'],
  ])('of %j is %s, named %s', async (flags, url, name) => {
    const { settings } = await good({ flags });
    expect(settings).toMatchObject({ url, name });
  });

  it('with user and password is refused without a word of them', async () => {
    const lines = await errorsOf({ flags: { url: 'http://bob:hunter2@gw:4000' } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('without user and password');
    expect(lines.join()).not.toMatch(/bob|hunter2/);
    const host = await errorsOf({ flags: { host: 'bob:hunter2@gw' } });
    expect(host.join()).not.toMatch(/hunter2/);
  });

  it('of a weaker source is changed in part by a stronger one', async () => {
    const { settings } = await good({ env: { WATCHTOWER_URL: 'https://gw:4000/p' }, flags: { port: '5000' } });
    expect(settings.url).toBe('https://gw:5000/p');
    const whole = await good({ flags: { url: 'http://gw:1' }, env: { WATCHTOWER_PORT: '2' } });
    expect(whole.settings.url).toBe('http://gw:1');
  });

  it('given twice by one source is refused', async () => {
    const [line] = await errorsOf({ flags: { url: 'http://gw:1', port: '2' } });
    expect(line).toContain('--url and --port contradict each other');
  });

  it('does not follow the variable that Kubernetes sets for a service named watchtower', async () => {
    const { settings, warnings } = await good({ env: { WATCHTOWER_PORT: 'tcp://10.0.0.1:80' } });
    expect(settings.url).toBe('http://localhost:4000');
    expect(warnings.join()).toContain('Kubernetes');
  });
});

describe('the rest', () => {
  it('works without a home', async () => {
    const { settings } = await good({ home: null });
    expect(settings.stateDir).toBeNull();
  });

  it('takes the XDG folders, and ignores relative ones as their specification says', async () => {
    const config = '/x/skypiea-watchtower/config.yaml';
    const env = { XDG_CONFIG_HOME: '/x', XDG_STATE_HOME: '/y' };
    const { settings } = await good({ env, files: { [config]: 'name: from-xdg' } });
    expect(settings).toMatchObject({ name: 'from-xdg', stateDir: '/y/skypiea-watchtower' });
    const relative = await good({ env: { XDG_STATE_HOME: 'y' } });
    expect(relative.settings.stateDir).toBe('/home/u/.local/state/skypiea-watchtower');
  });

  it('lets the stronger of --no-state and --state-dir decide', async () => {
    const none = await good({ env: { WATCHTOWER_NO_STATE: '1' } });
    expect(none.settings.stateDir).toBeNull();
    const flag = await good({ env: { WATCHTOWER_NO_STATE: '1' }, flags: { 'state-dir': 's' } });
    expect(flag.settings.stateDir).toBe('/srv/gw/s');
    const both = await good({ flags: { 'no-state': true, 'state-dir': 's' } });
    expect(both.settings.stateDir).toBeNull();
  });

  it('reads paths from where they were given', async () => {
    const files = { '/etc/w/c.yaml': 'log-file: [a.log, ~/b.log, /c.log]\n' };
    const { settings } = await good({ flags: { config: '/etc/w/c.yaml' }, files });
    expect(settings.logFiles).toEqual(['/etc/w/a.log', '/home/u/b.log', '/c.log']);
    const env = await good({ env: { WATCHTOWER_LOG_FILE: 'a.log:/b.log' } });
    expect(env.settings.logFiles).toEqual(['/srv/gw/a.log', '/b.log']);
  });

  it('warns of a misspelt variable, not of a strange one', async () => {
    const { warnings } = await good({ env: { WATCHTOWER_INTERVALL: '5s', WATCHTOWER_BUILD_SHA: 'x' } });
    expect(warnings).toEqual(['WATCHTOWER_INTERVALL is no setting; did you mean WATCHTOWER_INTERVAL?']);
  });
});
