import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROGRAM, runProgram } from '../support/program.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

describe('help and version', () => {
  it('print on standard output and exit 0', async () => {
    for (const flag of ['-V', '--version'])
      expect(await runProgram([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    for (const args of [['-h'], ['--help'], ['monitor', '--help'], ['logs', '-h'], ['demo', '--help']]) {
      const { code, stdout, stderr } = await runProgram(args);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('Usage: watchtower');
    }
  });

  it('the help that the build wrote is the one that the command line gives', async () => {
    const [written, live] = await Promise.all([runProgram(['--help']), runProgram(['--once', '--help'])]);
    expect(written.stdout.length).toBeGreaterThan(2000);
    expect(written).toEqual(live);
  });

  it('name every promised option and command', async () => {
    const { stdout } = await runProgram(['--help']);
    for (const word of [
      '--once',
      '--format',
      '--url',
      '--host',
      '--port',
      '--name',
      '--key-file',
      '--key-header',
      '--env-file',
      '--config',
      '--interval',
      '--chat-interval',
      '--chat-model',
      '--no-paid-probes',
      '--budget',
      '--pid',
      '--log-file',
      '--journal',
      '--container',
      '--state-dir',
      '--no-state',
      '--timeout',
      '--fail-on',
      '--wait-ok',
      '--color',
      '--ascii',
      '--accessible',
      '--version',
      'monitor',
      'logs',
      'explain',
      'doctor',
      'config',
      'demo',
      'completion',
    ]) {
      expect(stdout, word).toContain(word);
    }
  });
});

describe('a wrong call', () => {
  it.each([
    [['--prot', '4000'], /unknown option '--prot'.*--port/],
    [['--port', 'x'], /--port.*x.*a port/],
    [['--interval', '1s'], /--interval.*at least 5s, because/],
    [['--budget', '-1'], /--budget/],
    [['--fail-on', 'never'], /--fail-on.*warn/],
    [['--format', 'xml'], /--format/],
    [['--once', '--format', 'nagios'], /nagios is not there yet/],
    [['frobnicate'], /unknown command/],
    [['completion', 'tcsh'], /bash, zsh and fish/],
    [['demo', '--story', 'nope'], /no such story/],
    [['monitor', '--for', 'soon'], /--for.*soon/],
    [['explain', '--status', '9000', 'x'], /--status/],
    [['config', 'what'], /paths, check/],
  ])('%j: one line on standard error, exit 3', async (args, words) => {
    const { code, stdout, stderr } = await runProgram(args);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('a key as an argument is refused, and its value is not repeated', async () => {
    for (const args of [
      ['--master-key', 'sk-fake-0123456789'],
      ['--api-key=sk-fake-0123456789'],
      ['--once', '--key', 'sk-fake-0123456789'],
    ]) {
      const { code, stderr } = await runProgram(args);
      expect(code).toBe(3);
      expect(stderr).toContain('arguments are public');
      expect(stderr).not.toContain('0123456789');
    }
  });

  it('on a Node that is too old it says so in one line', async () => {
    const old = spawnSync('/usr/bin/node', ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
    const [major = 99] = old.replace('v', '').split('.').map(Number);
    if (old === '' || major >= 22) {
      console.log(`not tried: the machine's own Node is ${old === '' ? 'missing' : old}, which is not too old`);
      return;
    }
    const run = spawnSync('/usr/bin/node', [PROGRAM, '--once'], { encoding: 'utf8' });
    expect(run.stderr).toBe(`watchtower needs Node 22.19 or newer; this is ${old.slice(1)}\n`);
    expect(run.status).toBe(3);
  });
});

describe('one look without a gateway', () => {
  it('is CRIT, exit 2, plain text without escapes; options may stand before or after', async () => {
    const { code, stdout, stderr } = await runProgram(['--no-state', '--once', '--url', 'http://127.0.0.1:9']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^CRIT {2}The gateway 127\.0\.0\.1:9 is not running/);
    expect(stdout).not.toMatch(HARMFUL);
    expect(stderr).toBe('');
  });

  it('without a terminal the dashboard behaves so too, and with TERM=dumb', async () => {
    expect((await runProgram(['--url', 'http://127.0.0.1:9', '--no-state'])).stdout).toMatch(/^CRIT/);
    expect((await runProgram(['--url', 'http://127.0.0.1:9', '--no-state'], { env: { TERM: 'dumb' } })).code).toBe(2);
  });

  it('as JSON is one document of schema 1; --fail-on crit leaves CRIT', async () => {
    const { code, stdout } = await runProgram([
      '--once',
      '--json',
      '--fail-on',
      'crit',
      '--url',
      'http://127.0.0.1:9',
      '--no-state',
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      mode: 'once',
      gateway: { state: 'DOWN', live: { failure: { code: 'REFUSED' } } },
      verdict: { state: 'CRIT', exit: 2 },
    });
  });
});

describe('the monitor', () => {
  it('ends by itself with a last line, and at once on SIGTERM with 143', async () => {
    const args = ['monitor', '--url', 'http://127.0.0.1:9', '--no-state', '--interval', '5s'];
    const own = await runProgram([...args, '--for', '4s']);
    expect(own.code).toBe(0);
    expect(own.stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d{4}-.*Z END --for is over; last verdict: /);
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('gateway DOWN')) child.kill('SIGTERM');
    });
    expect(await new Promise((resolve) => child.on('close', (code) => resolve(code)))).toBe(143);
    expect(text.trimEnd().split('\n').at(-1)).toContain('END SIGTERM');
  });

  it('prints a block however soon it ends, with figures that a person can read', async () => {
    const { stdout } = await runProgram(['monitor', '--url', 'http://127.0.0.1:9', '--no-state', '--for', '1500ms']);
    expect(stdout).toMatch(/^\S+Z (?:WARN|CRIT) 127\.0\.0\.1:9 .*refused/m);
    expect(stdout).toMatch(/ {2}system cpu (?:-|[\d.]{1,4}%) load /);
    expect(stdout).not.toMatch(/\d\.\d{7}/);
  });

  it('ends silently when its reader goes away', () => {
    const run = spawnSync(
      'bash',
      [
        '-c',
        `"${process.execPath}" "${PROGRAM}" monitor --url http://127.0.0.1:9 --no-state --interval 5s | head -n 1; echo "\${PIPESTATUS[0]}"`,
      ],
      { encoding: 'utf8' },
    );
    expect(run.stdout.trimEnd().split('\n').at(-1)).toBe('0');
    expect(run.stderr).toBe('');
  });
});

describe('explain', () => {
  it('says what a text means, to a person and as JSON', async () => {
    const text =
      'litellm.APIError: APIError: OpenrouterException - {"error":{"message":"Insufficient credits","code":402}}';
    const person = await runProgram(['explain', text]);
    expect(person.stdout).toMatch(/^CREDITS: /);
    expect(person.stdout).toContain('fix:');
    const { stdout } = await runProgram(['explain', '--format', 'json'], { stdin: text });
    expect(JSON.parse(stdout)).toMatchObject({ class: 'CREDITS', family: 'MONEY', provider: 'openrouter' });
  });

  it('answers one object a line in order, with an error in the place of what is none, and exit 3 then', async () => {
    const lines = [
      '{"id":"a","text":"Insufficient credits","http_status":402}',
      'no JSON',
      '{"id":"c"}',
      '[]',
      '{"id":"e","source":"log","text":"INFO:     127.0.0.1:5 - \\"GET /health/liveliness HTTP/1.1\\" 200 OK"}',
      JSON.stringify({ id: 'f', text: 'x'.repeat(10_000_000) }),
    ];
    const { code, stdout } = await runProgram(['explain', '--jsonl'], { stdin: lines.join('\n') });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map((one) => one.id)).toEqual(['a', null, 'c', null, 'e', 'f']);
    expect(answers.map((one) => 'error' in one)).toEqual([false, true, true, true, false, false]);
    expect(answers[0].class).toBe('CREDITS');
    expect(answers[4].class).toBeNull();
    expect(code).toBe(3);
  });

  it('takes an empty input and a binary one', async () => {
    expect((await runProgram(['explain'], { stdin: '' })).code).toBe(0);
    const { code, stdout } = await runProgram(['explain'], { stdin: Buffer.from([0, 255, 27, 93, 7, 128, 10, 200]) });
    expect(code).toBe(0);
    expect(stdout).not.toMatch(HARMFUL);
  });
});

describe('config', () => {
  it('shows every setting with its value and origin, and the key masked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watchtower-config-'));
    writeFileSync(join(folder, '.env'), '# keys\n\nLITELLM_MASTER_KEY=sk-fake-0123456789abcdefzz\n');
    chmodSync(join(folder, '.env'), 0o600);
    const { code, stdout } = await runProgram(['config', '--port', '4321'], {
      cwd: folder,
      env: { WATCHTOWER_INTERVAL: '45s' },
    });
    rmSync(folder, { recursive: true, force: true });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^port +4321 +flag --port$/m);
    expect(stdout).toMatch(/^interval +45s +environment, WATCHTOWER_INTERVAL$/m);
    expect(stdout).toMatch(/^key +sk-…zz +\.env line 3, LITELLM_MASTER_KEY$/m);
    expect(stdout).not.toContain('0123456789');
  });

  it('check names what is wrong, with exit 3; paths names the files', async () => {
    expect(await runProgram(['config', 'check'])).toMatchObject({ code: 0, stdout: 'config: fine\n' });
    expect(await runProgram(['config', 'check'], { env: { WATCHTOWER_PORT: 'x' } })).toMatchObject({
      code: 3,
      stdout: '',
    });
    expect((await runProgram(['config', 'paths'])).stdout).toMatch(/config\.yaml/);
  });
});

describe('demo, doctor and completion', () => {
  it('demo --list names the stories, one a line, its name first', async () => {
    const { stdout } = await runProgram(['demo', '--list']);
    const names = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(names.sort()).toEqual([
      'bad-key',
      'database-lost',
      'empty-wallet',
      'gateway-dies',
      'healthy',
      'rate-storm',
      'worker-dies',
    ]);
  });

  it.each([
    ['healthy', 'OK', null],
    ['empty-wallet', 'CRIT', 'CREDITS'],
    ['gateway-dies', 'CRIT', 'SERVER'],
    ['bad-key', 'WARN', 'AUTH_GATEWAY'],
    ['rate-storm', 'CRIT', 'RATE_LIMIT'],
    ['worker-dies', 'OK', 'RESTART'],
    ['database-lost', 'CRIT', 'DATABASE'],
  ])('demo --once --story %s is %s by %s', async (story, state, name) => {
    const { stdout } = await runProgram(['demo', '--once', '--json', '--story', story]);
    expect(JSON.parse(stdout).verdict).toMatchObject({ state, class: name });
  });

  it('doctor says what is seen and what is not, and exits 0', async () => {
    const { code, stdout } = await runProgram(['doctor', '--url', 'http://127.0.0.1:9', '--no-state']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^LACKS {2}gateway: 127\.0\.0\.1:9/m);
    expect(stdout).toMatch(/^LACKS {2}key: MISSING/m);
  });

  it('completions are scripts that their shell can read', async () => {
    const { stdout } = await runProgram(['completion', 'bash']);
    expect(spawnSync('bash', ['-n'], { input: stdout }).status).toBe(0);
    for (const shell of ['zsh', 'fish'])
      expect((await runProgram(['completion', shell])).stdout).toContain('empty-wallet');
  });
});
