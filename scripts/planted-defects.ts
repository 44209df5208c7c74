/**
 * Proves that the property test of the log reader can fail: plants one defect after the other into a copy of the source
 * and demands that the test goes red, and that it is green without. `node scripts/planted-defects.ts [histories]`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Defect {
  name: string;
  /** Each text stands in its file exactly once, or the defect is out of date. */
  changes: readonly { file: string; from: string; to: string }[];
}

const defects: readonly Defect[] = [
  {
    name: 'drop the old descriptor at once',
    changes: [
      {
        file: 'chain.ts',
        from: 'deleted || (quietMs >= DRAIN_MS && isSucceeded(chain, link))',
        to: 'true',
      },
    ],
  },
  {
    name: 'trust the inode alone',
    changes: [
      {
        file: 'identity.ts',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text.
        from: '`${stat.ino.toString(36)}.${stat.birthNs.toString(36)}`',
        to: 'stat.ino.toString(36)',
      },
      {
        file: 'resume.ts',
        from: 'const isSame = holds(files, fd, stat.size, saved);',
        to: 'const isSame = stat.size >= saved.place.from;',
      },
    ],
  },
  {
    name: 'miss a truncation that is refilled to the same size',
    changes: [
      { file: 'file-reader.ts', from: 'if (next.size < offset || !stands())', to: 'if (next.size < offset)' },
      { file: 'file-reader.ts', from: "if (!stands()) return 'TRUNCATED';", to: '' },
    ],
  },
  {
    name: 'decode chunk by chunk',
    changes: [
      {
        file: 'lines.ts',
        from: 'const last = block.lastIndexOf(LF, to - 1);',
        to: 'const last = to - 1;\n      block[last] = LF;',
      },
    ],
  },
  {
    name: 'forget the checkpoint after a truncation',
    changes: [
      {
        file: 'follow-file.ts',
        from: 'started ? positionText(chain) : position',
        to: 'started && count.rotations === 0 ? positionText(chain) : position',
      },
    ],
  },
];

const root = resolve(import.meta.dirname, '..');
const histories = Number(process.argv[2] ?? 1_500);
/** That the copy is green without a defect takes few. */
const HISTORIES_WITHOUT = 200;

const failures = [judge(null), ...defects.map(judge)].filter((failure) => failure !== null);
for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Null where the test did what it must; else what is wrong. */
function judge(defect: Defect | null): string | null {
  const copy = mkdtempSync(join(tmpdir(), 'planted-'));
  try {
    copyTree(copy);
    for (const change of defect?.changes ?? []) {
      const stale = plant(join(copy, 'src/logs/follow', change.file), change.from, change.to);
      if (stale)
        return `${defect?.name}: no longer applies: ${change.file} holds ${stale} of ${JSON.stringify(change.from)}`;
    }
    const began = performance.now();
    const { red, output } = runTest(copy, defect === null ? HISTORIES_WITHOUT : histories);
    const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
    if (defect === null) {
      console.log(`${red ? 'red' : 'green'}  no defect (${HISTORIES_WITHOUT} histories, ${took})`);
      return red ? `the test is red without a defect:\n${output}` : null;
    }
    const cause = /^Error: (.*)$/m.exec(output)?.[1];
    console.log(`${red ? 'red' : 'green'}  ${defect.name}${cause ? `: ${cause}` : ''} (${took})`);
    // Red for another reason than a history that went wrong proves nothing.
    return red && output.includes('SEED=') ? null : `${defect.name}: was not noticed\n${output}`;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyTree(copy: string): void {
  for (const part of ['src/logs', 'test/logs/follow', 'test/support'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

/** Replaces the one place; tells how many there are where there is not exactly one. */
function plant(file: string, from: string, to: string): string | null {
  const parts = readFileSync(file, 'utf8').split(from);
  if (parts.length !== 2) return `${parts.length - 1} places`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, parts.join(to));
  return null;
}

function runTest(copy: string, runs: number): { red: boolean; output: string } {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', '--root', copy, 'test/logs/follow/property.test.ts'], {
    cwd: copy,
    encoding: 'utf8',
    timeout: 300_000,
    env: {
      ...process.env,
      HISTORIES: String(runs),
      SHRINK: '0',
      NO_COLOR: '1',
      FULL: '',
      SEED: process.env.SEED ?? '',
    },
  });
  return { red: run.status !== 0, output: `${run.stdout}\n${run.stderr}` };
}
