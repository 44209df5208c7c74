import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../src/demo/start.ts';
import { startSession } from '../pty/session.ts';
import { PROGRAM, runProgram } from '../support/program.ts';

let demo: Demo;
let folder: string;
beforeAll(async () => {
  demo = await startDemo({ story: 'empty-wallet', at: 20_000 });
  folder = mkdtempSync(join(tmpdir(), 'watchtower-rules-'));
});
afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A config file with these lines; its path. */
function config(name: string, ...lines: string[]): string {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const rule = (severity: string): string[] => [
  'rules:',
  '  - match: insufficient credits',
  '    class: LAB_WALLET',
  `    severity: ${severity}`,
  '    fix: ask the lab to fill its wallet',
  '    url: https://lab.example/wallet',
];

const once = (path: string, ...more: string[]) =>
  runProgram(['--once', '--json', '--no-state', '--url', demo.url, '--config', path, ...more], {
    env: { LITELLM_MASTER_KEY: demo.key },
  });

describe("a class of the user's own", () => {
  it.each([
    ['crit', 'CRIT', 2],
    ['warn', 'WARN', 1],
    ['info', 'WARN', 1],
  ])('with severity %s decides the verdict and the exit code', async (severity, state, exit) => {
    const { code, stdout } = await once(config(severity, ...rule(severity)));
    const { verdict, incidents, models } = JSON.parse(stdout);
    expect([verdict.state, code]).toEqual([state, exit]);
    expect(incidents).toMatchObject([
      { class: 'LAB_WALLET', severity, fix: 'ask the lab to fill its wallet', url: 'https://lab.example/wallet' },
    ]);
    if (severity !== 'info') {
      expect(verdict).toMatchObject({ class: 'LAB_WALLET', next: 'ask the lab to fill its wallet' });
    }
    const hit = models.filter((one: { class: string | null }) => one.class === 'LAB_WALLET');
    expect(hit.map((one: { name: string }) => one.name)).toEqual(['claude-sonnet', 'deepseek-chat', 'llama-70b']);
  });

  it('stands in the panels of the dashboard', async () => {
    const path = config('panel', ...rule('crit'));
    const session = startSession({
      command: process.execPath,
      args: [PROGRAM, '--no-state', '--url', demo.url, '--config', path],
      columns: 140,
      rows: 40,
      env: { HOME: folder, LITELLM_MASTER_KEY: demo.key },
    });
    await session.see('LAB_WALLET');
    await session.see('ask the lab to fill its wallet');
    const rows = session.text().split('\n');
    expect(rows.some((row) => /claude-sonnet +DOWN .*LAB_WALLET/.test(row))).toBe(true);
    expect(rows.some((row) => /FIRING +LAB_WALLET/.test(row))).toBe(true);
    session.press('q');
    expect(await session.exited).toBe(0);
  });

  it('is what explain and logs say too', async () => {
    const path = config('explain', ...rule('crit'));
    const text = 'litellm.APIError: APIError: OpenrouterException - Insufficient credits';
    const explained = await runProgram(['explain', '--format', 'json', '--config', path, text]);
    expect(JSON.parse(explained.stdout)).toMatchObject({ class: 'LAB_WALLET', severity: 'crit' });
    const line = `08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - ${text}\n`;
    const read = await runProgram(['logs', '--stdin', '--format', 'json', '--config', path], { stdin: line });
    expect(read.stdout).toContain('"class":"LAB_WALLET"');
  });
});

describe('a rule that finds what ours pass over', () => {
  it('opens the gate for its words', async () => {
    const path = config('quota', 'rules:', '  - match: quota of the lab', '    class: LAB_QUOTA', '    severity: warn');
    const line = 'INFO:     the quota of the lab is nearly used\n';
    const read = await runProgram(['logs', '--stdin', '--format', 'json', '--config', path], { stdin: line });
    expect(read.stdout).toContain('"class":"LAB_QUOTA"');
    expect((await runProgram(['logs', '--stdin', '--format', 'json'], { stdin: line })).stdout).not.toContain(
      '"type":"event"',
    );
  });
});

describe('ignore:', () => {
  it('takes a text out of every verdict', async () => {
    const path = config('ignore', 'ignore:', '  - match: insufficient credits');
    const { stdout } = await once(path);
    expect(JSON.parse(stdout).incidents).toEqual([]);
  });
});

describe('config check', () => {
  it.each([
    ['an expression that is none', 'regex: (', /line 2/],
    ['one that looks back, which can take for ever', 'regex: (a+)\\1', /line 2/],
    ['a class that is no name', 'class: my class', /line 2/],
  ])('names the place of %s', async (_, what, words) => {
    const [key, value] = what.split(': ') as [string, string];
    const body =
      key === 'regex' ? [`  - match: '${value}'`, '    kind: regex', '    class: XX'] : [`  - ${what}`, '    match: x'];
    const path = config('bad', 'rules:', ...body, '    severity: warn');
    const { code, stderr, stdout } = await runProgram(['config', 'check', '--config', path]);
    expect(code).toBe(3);
    expect(stderr + stdout).toMatch(words);
  });
});
