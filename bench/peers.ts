import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures.ts';

/** What each is asked for: the lines that may tell of a failure. */
const SUSPICIOUS = 'ERROR|Exception|Traceback|failed|HTTP/1.1" [45]';
/** The slower programs get fewer lines, and are asked for their rate. */
const SLOW_LINES = 50_000;

/** How fast programs that operators know read a log of the same lines; those that are not installed are left out. */
export function peerFigures(lines: readonly string[], count: number): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-peers-'));
  try {
    const whole = logOf(join(folder, 'whole.log'), lines, count);
    const short = logOf(join(folder, 'short.log'), lines, Math.min(count, SLOW_LINES));
    const program = join(folder, 'errors.mtail');
    writeFileSync(program, `counter errors\n/${SUSPICIOUS.replaceAll('/', '\\/')}/ {\n  errors++\n}\n`);
    return [
      rateOf('the same by grep -cE of one expression', whole, 'grep', ['-cE', SUSPICIOUS, whole.path]),
      rateOf('the same by mtail, one expression', short, 'mtail', [
        '--one_shot',
        `--progs=${program}`,
        `--logs=${short.path}`,
      ]),
      rateOf('the same by lnav, headless', short, 'lnav', ['-n', '-q', short.path], { HOME: folder }),
    ].flatMap((figure) => figure ?? []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Log {
  path: string;
  lines: number;
}

function logOf(path: string, lines: readonly string[], count: number): Log {
  const block = lines.join('');
  writeFileSync(path, block.repeat(Math.ceil(count / lines.length)));
  return { path, lines: Math.ceil(count / lines.length) * lines.length };
}

function rateOf(what: string, log: Log, command: string, args: string[], env: NodeJS.ProcessEnv = {}): Figure | null {
  const from = performance.now();
  const { error } = spawnSync(command, args, {
    env: { ...process.env, LC_ALL: 'C', ...env },
    stdio: 'ignore',
    timeout: 60_000,
  });
  const seconds = (performance.now() - from) / 1000;
  return error === undefined ? { what, value: log.lines / seconds, unit: '/s', budget: null } : null;
}
