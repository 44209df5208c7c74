import { describe, expect, it } from 'vitest';
import { configOf, gatewayCommand, isWatchtower, showCommand } from '../../src/host/command-line.ts';

const words = (line: string): string[] => line.split(' ');

describe('gatewayCommand', () => {
  it.each([
    ['/venv/bin/python3 /venv/bin/litellm --config /etc/config.yaml --port 4100', 4100],
    ['/venv/bin/python3 /venv/bin/litellm --port=4100', 4100],
    ['/venv/bin/python3 -u -X dev /venv/bin/litellm --port 4100', 4100],
    ['/usr/bin/litellm', null],
    ['/venv/bin/python -m litellm.proxy.proxy_cli --host 0.0.0.0 --port=4100', 4100],
    ['python3.12 /app/litellm/proxy/proxy_cli.py --port 4100', 4100],
    ['/venv/bin/python3 /venv/bin/uvicorn litellm.proxy.proxy_server:app --port 4100', 4100],
    ['/venv/bin/python3 /venv/bin/gunicorn litellm.proxy.proxy_server:app -b 0.0.0.0:4100 -w 4', 4100],
    ['/venv/bin/python3 -m hypercorn litellm.proxy.proxy_server:app --bind 0.0.0.0:4100', 4100],
    ['/venv/bin/litellm --run_gunicorn --num_workers 2 --port 4100', 4100],
  ])('knows the server in: %s', (line, port) => {
    expect(gatewayCommand(words(line))?.port ?? null).toBe(port);
    expect(gatewayCommand(words(line))).not.toBeNull();
  });

  it('knows the title that gunicorn gives itself', () => {
    expect(gatewayCommand(['gunicorn: master [litellm.proxy.proxy_server:app]'])).not.toBeNull();
  });

  it.each([
    '/venv/bin/python3 /venv/bin/litellm --health',
    '/venv/bin/litellm --version',
    '/venv/bin/litellm --test',
    '/venv/bin/litellm --port 4000 --skip_server_startup',
    '/venv/bin/python3 /venv/bin/litellm-proxy models list',
    'vim /etc/litellm/config.yaml',
    'code /home/me/litellm',
    'docker run -p 4000:4000 ghcr.io/berriai/litellm --config /c.yaml --port 4000',
    'docker compose -f litellm.yml up',
    'kubectl logs deploy/litellm',
    'sh -c litellm --port 4000',
    'tail -f /var/log/litellm',
    'uvicorn litellm.proxy.health_endpoints.health_app_factory:build_health_app --factory --port=4001',
    'uvicorn app:litellm.proxy.proxy_server',
    'python3 -c import litellm',
    'node /opt/skypiea/dist/watchtower.js --port 4000',
    'grep litellm.proxy.proxy_server:app log',
  ])('sees no server in: %s', (line) => {
    expect(gatewayCommand(words(line))).toBeNull();
  });

  it('reads the config of LiteLLM itself, never that of gunicorn', () => {
    expect(gatewayCommand(words('litellm -c a.yaml'))?.config).toBe('a.yaml');
    expect(gatewayCommand(words('gunicorn litellm.proxy.proxy_server:app -c gunicorn.py'))?.config).toBeNull();
    expect(configOf(['--config=/x y.yaml'])).toBe('/x y.yaml');
  });
});

describe('isWatchtower', () => {
  it.each(['node /opt/x/dist/watchtower.js monitor', 'node --enable-source-maps /usr/bin/watchtower', 'watchtower'])(
    'knows: %s',
    (line) => expect(isWatchtower(words(line))).toBe(true),
  );
  it.each([
    '/watchtower --cleanup',
    'vim watchtower.js',
    'node server.js watchtower.js',
    'sh -c node dist/watchtower.js',
  ])('is not fooled by: %s', (line) => expect(isWatchtower(words(line))).toBe(false));
});

describe('showCommand', () => {
  it('leaves the value of a flag that names a secret out', () => {
    const shown = showCommand([
      'litellm',
      '--api_key',
      'abc',
      '--token=def',
      '--ssl_keyfile_path',
      '/k',
      '--port',
      '1',
    ]);
    expect(shown).toBe('litellm --api_key *** --token=*** --ssl_keyfile_path /k --port 1');
  });
});
