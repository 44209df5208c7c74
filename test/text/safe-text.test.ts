import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Compiles a file as if it stood in the tree; what the compiler says of it, empty where all is well. */
function compile(source: string): string {
  const path = join(folder, 'probe.tsx');
  writeFileSync(path, source);
  const config = join(folder, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({ extends: '../tsconfig.json', include: ['probe.tsx'], compilerOptions: { noUnusedLocals: false } }),
  );
  try {
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', config], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(process.cwd(), '.safe-text-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const IMPORTS = `import type { SafeText } from '../src/text/safe-text.ts';
import { createScrub, literal } from '../src/text/scrub.ts';
import type { Snapshot } from '../src/watch/snapshot.ts';
import { truncate } from '../src/text/width.ts'; import { span } from '../components/line.ts';
const scrub = createScrub([]);
const raw: string = process.argv[2] ?? '';
`;

describe('text from outside', () => {
  it('is accepted once it was scrubbed', () => {
    const said = compile(
      `${IMPORTS}export const a: SafeText = scrub(raw);\nexport const b: SafeText = truncate(scrub(raw), 5);\nexport const c: SafeText = literal('ours');\n`,
    );
    expect(said).toBe('');
  });

  it.each([
    ['by what is shown', 'export const a: SafeText = raw;'],
    [
      'by a snapshot, and so by every report',
      "export const a: Pick<Snapshot['verdict'], 'summary'> = { summary: raw };",
    ],
    ['after being put together by hand', "export const a: SafeText = scrub(raw) + ' ' + raw;"],
    ['by a component', 'export const a: ReturnType<typeof span> = span(raw);'],
    ['after being cut by hand', 'export const a: SafeText = scrub(raw).slice(0, 5);'],
  ])('is refused raw %s', (_, line) => {
    expect(compile(`${IMPORTS}${line}\n`)).toMatch(/probe\.tsx\(7,\d+\): error TS2(?:322|345)/);
  });
});
