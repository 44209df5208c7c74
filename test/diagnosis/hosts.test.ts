import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { maybeError } from '../../src/diagnosis/gate.ts';
import type { TextSource } from '../../src/diagnosis/types.ts';

const diagnose = createDiagnose();
const at = 'Nov 27 10:00:00 gw';

/** What hosts, supervisors, container engines, Python's start and reverse proxies print of a gateway in trouble. */
const TROUBLE: readonly (readonly [name: string, source: TextSource, texts: readonly string[]])[] = [
  [
    'RESOURCE',
    'system',
    [
      `${at} systemd-oomd[400]: Killed /system.slice/litellm.service due to memory used (7.8G) / total (8G) and swap used`,
      `${at} kernel: EXT4-fs (sda1): delayed block allocation failed for inode 12 at logical offset 0 with error 28`,
      `${at} kubelet[812]: E1127 eviction manager: pods litellm-7c9 evicted, threshold memory.available`,
      `${at} nginx[33]: 2026/11/27 10:00:00 [alert] 33#33: 1024 worker_connections are not enough`,
      `${at} kernel: VFS: file-max limit 65536 reached`,
      `${at} containerd[801]: time="2026-11-27T22:43:00Z" level=info msg="TaskOOM event container_id:litellm-5b0"`,
    ],
  ],
  [
    'STARTUP',
    'system',
    [
      `${at} supervisord[1]: 2026-11-27 10:00:00,100 INFO gave up: litellm entered FATAL state, too many start retries too quickly`,
      `${at} supervisord[1]: spawnerr: can't find command 'litellm'`,
      `${at} pm2[1]: PM2 | Script /app/litellm.sh had too many unstable restarts (16). Stopped. "errored"`,
      `${at} systemd[1]: litellm.service: Failed with result 'start-limit-hit'.`,
      `${at} systemd[812]: litellm.service: Failed to load environment files: No such file or directory`,
    ],
  ],
  [
    'STARTUP',
    'log',
    [
      '2026-11-27 10:00:00,100 INFO gave up: litellm entered FATAL state, too many start retries too quickly',
      '[2026-11-27 10:00:00 +0000] [7] [ERROR] Exception in worker process',
      'ERROR: Could not find a version that satisfies the requirement litellm==99',
      'ssl.SSLError: [SSL] PEM lib (_ssl.c:4065)\nERROR: could not load certfile /etc/ssl/gw.pem',
      'Fatal Python error: init_fs_encoding: failed to get the Python codec of the filesystem encoding',
      'listen tcp 0.0.0.0:4000: bind: address already in use',
      "gunicorn.errors.HaltServer: <HaltServer 'Worker failed to boot.' 3>",
    ],
  ],
  [
    'SERVER',
    'system',
    [
      `${at} supervisord[1]: 2026-11-27 10:00:00,100 WARN exited: litellm (exit status 1; not expected)`,
      `${at} apache2[5]: [proxy:error] [pid 12] (111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:4000 (localhost) failed`,
      `${at} kubelet[1]: Container litellm failed liveness probe, will be restarted`,
      `${at} dockerd[1]: time="x" level=warning msg="Health check for container abc error: timed out starting health check for container litellm"`,
    ],
  ],
  [
    'RESOURCE',
    'log',
    ['/entrypoint.sh: line 3:     7 Killed                  litellm', 'Killed', 'memory.max exceeded, killing litellm'],
  ],
  [
    'SERVER',
    'log',
    [
      'double free or corruption (!prev)',
      'container litellm is unhealthy',
      '[Fri Nov 27 10:00:00.1 2026] [proxy:error] [pid 12:tid 3] (111)Connection refused: AH00957: HTTP: attempt to connect to 127.0.0.1:4000 (*) failed',
      '2026-11-27 10:00:00,100 WARN exited: litellm (terminated by SIGSEGV; not expected)',
    ],
  ],
  ['SERVER', 'probe', ['no available server', 'default backend - 404']],
];

describe.each(TROUBLE)('%s of source %s', (name, source, texts) => {
  test.each(texts)('%s', (text) => {
    expect(diagnose({ text, source })?.class).toBe(name);
    const bytes = Buffer.from(text);
    if (source !== 'probe') expect(maybeError(bytes, 0, bytes.length)).toBe(true);
  });
});

/** What the same programs write while all is well, or of what is none of ours; and what models and people say. */
const CALM: readonly (readonly [source: TextSource, texts: readonly string[]])[] = [
  [
    'system',
    [
      `${at} supervisord[1]: INFO exited: litellm (exit status 0; expected)`,
      `${at} supervisord[1]: INFO success: litellm entered RUNNING state, process has stayed up for > than 1 seconds (startsecs)`,
      `${at} supervisord[1]: 2026-11-27 10:00:00,100 WARN exited: cron (exit status 1; not expected)`,
      `${at} kernel: oom_reaper: started`,
      `${at} containerd[1]: time="x" level=info msg="OOM event monitor started"`,
      `${at} containerd[1]: time="x" level=info msg="shim disconnected" id=abc`,
      `${at} systemd-oomd[400]: Started monitoring /system.slice`,
      `${at} kernel: nf_conntrack: nf_conntrack: table full, dropping packet`,
    ],
  ],
  [
    'chat',
    [
      'What does 429 Too Many Requests mean?',
      'How can I tell whether `insufficient_quota` means an unpaid invoice or a rate limit? Please explain with examples.',
      'Write a haiku about connection refused errors.',
      'Sure! A `RateLimitError` is raised when you exceed your quota.',
      'Here is a Python snippet that catches openai.RateLimitError and retries.',
      'A timeout is the time after which a client gives up waiting.',
      'Rate limits were raised to 500 requests per minute yesterday.',
      'Could you explain "model not found" errors to me',
      'As an AI language model, I do not have access to your account.',
      "I'm sorry, but I can't help with that request.",
      'def retry():\n    try:\n        call()\n    except RateLimitError:\n        sleep(1)',
      '1. Check your API key. 2. Restart the proxy. 3. If it says connection refused, look at the port.',
      'To handle rate limits, use exponential backoff.',
      'All deployments are healthy.',
      'The database migrated without a problem.',
      '{"key_alias":"exceeded-budget","spend":0.1,"blocked":false}',
    ],
  ],
  [
    'health',
    [
      'All 14 endpoints answered; no errors, no timeouts, no exhausted quotas in the last 24 hours.',
      'last error: none',
      'error: null',
      'Healthy again after a restart; the timeout was raised to 60 s.',
      "{'model': 'timeout-test', 'api_base': 'https://refused'}",
      '{"model":"a","api_base":"http://connection-refused.local","x-ratelimit-remaining-tokens":"0"}',
    ],
  ],
];

describe.each(CALM)('nothing of source %s', (source, texts) => {
  test.each(texts)('%s', (text) => {
    expect(diagnose({ text, source })?.class ?? null).toBeNull();
  });
});

test('what looks like talk is a failure where its status, its provider or its words say so', () => {
  expect(diagnose({ text: 'Why do you not pay? Insufficient credits.', source: 'chat', status: 402 })?.class).toBe(
    'CREDITS',
  );
  const text = 'litellm.RateLimitError: OpenAIException - How about less? Rate limit reached on requests per min.';
  expect(diagnose({ text, source: 'health' })?.class).toBe('RATE_LIMIT');
  expect(
    diagnose({ text: 'Credits must be added before the limit is raised: none left.', source: 'chat' }),
  ).not.toBeNull();
});
