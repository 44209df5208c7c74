import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { RANKS, roomOverrides } from '../../scripts/rooms.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Lints one planted file under the project's own rules, in a folder of its own. */
function lint(path: string, text: string): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-'));
  folders.push(folder);
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
  const config = JSON.parse(readFileSync('biome.json', 'utf8'));
  delete config.$schema;
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
  const biome = join(process.cwd(), 'node_modules/.bin/biome');
  const run = spawnSync(biome, ['lint', '--error-on-warnings', path], { cwd: folder, encoding: 'utf8' });
  return { status: run.status, output: run.stdout + run.stderr };
}

describe('the order of rooms', () => {
  it('is the lint rule that biome.json holds', () => {
    const { overrides } = JSON.parse(readFileSync('biome.json', 'utf8'));
    const rooms = overrides.filter((one: { includes: string[] }) => one.includes[0]?.startsWith('src/'));
    expect(rooms).toEqual(JSON.parse(JSON.stringify(roomOverrides())));
  });

  it('names every room that there is', () => {
    const rooms = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const known: string[] = RANKS.flat();
    expect(rooms.map((entry) => entry.name).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('fails the check when a room imports one above it', () => {
    const { status, output } = lint(
      'src/text/planted.ts',
      "import { x } from '../watch/state.ts';\nexport const y = x;\n",
    );
    expect(status).not.toBe(0);
    expect(output).toContain('may import only rooms below it');
  });

  it('fails the check when a room imports one of its own rank', () => {
    const { status } = lint('src/host/planted.ts', "import { x } from '../logs/types.ts';\nexport const y = x;\n");
    expect(status).not.toBe(0);
  });

  it('fails the check when src imports React, Ink, a component or a hook', () => {
    for (const from of ['react', 'ink', 'react/jsx-runtime', '../../components/App.tsx', '../../hooks/store.ts']) {
      const { status, output } = lint('src/watch/planted.ts', `import { x } from '${from}';\nexport const y = x;\n`);
      expect(status, from).not.toBe(0);
      expect(output).toContain('src/ is free of React');
    }
    const { status } = lint('src/planted.ts', "import { x } from 'react';\nexport const y = x;\n");
    expect(status).not.toBe(0);
  });

  it('lets a room import those below it', () => {
    const { status, output } = lint(
      'src/watch/planted.ts',
      "import { x } from '../text/width.ts';\nexport const y = x;\n",
    );
    expect(output).not.toContain('noRestrictedImports');
    expect(status).toBe(0);
  });
});
