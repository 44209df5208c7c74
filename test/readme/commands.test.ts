import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../src/demo/start.ts';
import { type Session, startSession } from '../pty/session.ts';

const readme = readFileSync('README.md', 'utf8');
let demo: Demo;
let home: string;
const bin = join(process.cwd(), 'dist');

// For each a demo of its own: a story goes on, and some commands take longer than its incident.
beforeEach(async () => {
  demo = await startDemo({ story: 'empty-wallet', at: 20_000 });
  home = mkdtempSync(join(tmpdir(), 'watchtower-readme-'));
});

afterEach(async () => {
  await demo.stop();
  rmSync(home, { recursive: true, force: true });
});

/** A line of the README in a shell with a terminal; `watchtower` is the built executable. */
function type(line: string): Session {
  const env = { HOME: home, LITELLM_MASTER_KEY: demo.key, WATCHTOWER_URL: demo.url };
  const script = `watchtower() { node '${bin}/watchtower.js' "$@"; }; ${line}`;
  return startSession({ command: 'bash', args: ['-c', script], columns: 120, rows: 36, env });
}

async function dashboard(line: string, ...signs: string[]): Promise<void> {
  const session = type(line);
  for (const sign of signs) await session.see(sign, 90_000);
  session.press('q');
  expect(await session.exited).toBe(0);
}

async function printed(line: string, code: number, ...signs: string[]): Promise<void> {
  const session = type(line);
  expect(await session.exited, session.raw()).toBe(code);
  for (const sign of signs) expect(session.raw()).toContain(sign);
}

/** How each command of the README is tried; those that CI itself runs say where. */
const TRIED: Record<string, string | (() => Promise<void>)> = {
  'npm ci && npm run demo': () => dashboard('npm run demo', 'demo', '1 Health', 'claude-sonnet'),
  'npm ci && npm test': 'steps of their own in .ci/run',
  'npm run demo -- --list': () => printed('npm run demo -- --list', 0, 'empty-wallet', 'gateway-dies'),
  'npm run demo -- --story gateway-dies': () => dashboard('npm run demo -- --story gateway-dies', 'demo', '1 Health'),
  'npm start -- --port 4000': () =>
    dashboard(`WATCHTOWER_URL= npm start -- --port ${demo.port}`, `localhost:${demo.port}`, 'claude-sonnet'),
  'npm pack': 'the last step of .ci/run',
  'npm run bench': () =>
    printed(
      'BENCH_RUNS=1 BENCH_IDLE_S=3 BENCH_STARTS=1 BENCH_KEY_ROUNDS=2 BENCH_LOG_LINES=100000 BENCH_RESULTS=$HOME/RESULTS.md npm run bench',
      0,
      '--version',
    ),
  'npm run gateway': 'test/litellm/gateway.test.ts',
  'npm run test:litellm': 'a step of its own in .ci/run',
  'npm run check': 'a step of its own in .ci/run',
  'watchtower --once --format json | jq -r .verdict.summary': () =>
    printed('watchtower --once --format json | jq -r .verdict.summary', 0, 'OpenRouter account is out of credit'),
  'watchtower monitor --format json --for 10m': () =>
    printed('watchtower monitor --format json --for 3s', 0, '"schema":1'),
};

function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap((block) => (block[1] as string).split('\n'));
  const inline = [...text.matchAll(/`(npm (?:run|start|test|pack|ci)\b[^`]*)`/g)].map((match) => match[1] as string);
  const commands = [...blocks, ...inline].map((line) => line.replace(/\s+# .*/, '').trim());
  return [...new Set(commands)].filter((line) => line !== '' && line !== 'npm start --');
}

test('every command that the README shows is tried', () => {
  const explained = commandsOf(readme).filter((line) => line.startsWith('watchtower explain'));
  expect(explained).toHaveLength(1);
  expect(commandsOf(readme).filter((line) => !explained.includes(line))).toEqual(
    expect.arrayContaining(Object.keys(TRIED)),
  );
  expect(Object.keys(TRIED)).toEqual(
    expect.arrayContaining(commandsOf(readme).filter((line) => !explained.includes(line))),
  );
});

for (const [line, attempt] of Object.entries(TRIED)) {
  if (typeof attempt !== 'string') test(line, attempt);
}

test('the text that is explained is CREDITS of OpenRouter', async () => {
  const [line] = commandsOf(readme).filter((one) => one.startsWith('watchtower explain'));
  await printed(line as string, 0, 'CREDITS', 'openrouter.ai');
});
