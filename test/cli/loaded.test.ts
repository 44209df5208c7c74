import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runProgram } from '../support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchtower-loaded-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes down every file that a process loads. */
const HOOK = join(folder, 'hook.mjs');
writeFileSync(
  HOOK,
  `import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) { if (url.startsWith('file:')) appendFileSync(process.env.LOADED, url + '\\n'); return next(url, context); } });
`,
);

/** Words that stand in a library's code and nowhere in ours. */
const LIBRARIES = {
  react: 'react.transitional.element',
  ink: 'yogaNode',
  systeminformation: 'networkInterfaceDefault',
  zod: '_zod',
};

async function loadedBy(args: readonly string[]): Promise<string[]> {
  const list = join(folder, `${Math.random()}.txt`);
  const { stderr } = await runProgram(args, { env: { NODE_OPTIONS: `--import=${HOOK}`, LOADED: list } });
  expect(stderr).not.toContain('hook.mjs');
  return readFileSync(list, 'utf8')
    .trim()
    .split('\n')
    .filter((url) => url.includes('/dist/'))
    .map((url) => fileURLToPath(url));
}

describe('what a face loads', () => {
  it('the words looked for do stand in the bundle', async () => {
    const { readdirSync } = await import('node:fs');
    const all = readdirSync('dist/chunks')
      .concat('../mount.mjs')
      .map((name) => readFileSync(join('dist/chunks', name), 'utf8'))
      .join('');
    for (const [library, word] of Object.entries(LIBRARIES)) expect(all.includes(word), library).toBe(true);
  });

  it.each([
    ['--version'],
    ['--help'],
    ['--once', '--url', 'http://127.0.0.1:9', '--no-state'],
    ['monitor', '--for', '1s', '--url', 'http://127.0.0.1:9', '--no-state'],
    ['explain', 'Insufficient credits'],
    ['logs', '--file', '/dev/null'],
    ['config'],
  ])('%s %s: neither React nor Ink, systeminformation or zod', async (...args) => {
    const files = await loadedBy(args);
    expect(files.length).toBeGreaterThan(0);
    for (const [library, word] of Object.entries(LIBRARIES)) {
      expect(
        files.filter((file) => readFileSync(file, 'utf8').includes(word)),
        library,
      ).toEqual([]);
    }
  });

  it.each(['--version', '--help'])('%s reads the executable alone and what it shares', async (flag) => {
    expect((await loadedBy([flag])).length).toBeLessThanOrEqual(4);
  });
});

describe("the engine of the user's expressions", () => {
  const ENGINE = 'RE2JSSyntaxException';
  const once = ['--once', '--url', 'http://127.0.0.1:9', '--no-state'];
  const explain = (match: string, kind: string) => {
    const file = join(folder, `${kind}.yaml`);
    const rule = `rules:\n  - match: '${match}'\n    kind: ${kind}\n    class: SHARD_LOST\n    severity: crit\n`;
    writeFileSync(file, rule);
    return ['explain', '--config', file, 'the shard 12 gone'];
  };
  const hasEngine = async (args: readonly string[]) =>
    (await loadedBy(args)).some((file) => readFileSync(file, 'utf8').includes(ENGINE));

  it.each([once, ['explain', 'Insufficient credits'], ['config']])('is left alone by %s %s', async (...args) => {
    expect(await hasEngine(args)).toBe(false);
  });

  it('is there for a rule that is an expression', async () => {
    const args = explain('shard \\d+ gone', 'regex');
    expect(await hasEngine(args)).toBe(true);
    expect((await runProgram(args)).stdout).toContain('SHARD_LOST');
  });
});
