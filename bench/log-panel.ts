import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figures.ts';
import { start } from './in-terminal.ts';
import { median } from './measure.ts';

const FLOOD_S = 40;
const ROUNDS = Number(process.env.BENCH_KEY_ROUNDS ?? 50);
/** More failures than the panel keeps. */
const FAILURES = 3_000;

/** Keys of the log panel, each with what is on the screen once it has been heard. */
const KEYS: readonly (readonly [keys: string, shown: string])[] = [
  ['k', '▸'],
  ['j', '▸'],
  ['?', 'Help'],
  ['q', 'Log events'],
  ['/', 'keep'],
  ['\u001b', 'quit'],
];

/** How long a key takes until its answer is on the screen while ten thousand lines a second come into a full panel. */
export async function logPanelFigures(program: string, url: string, env: NodeJS.ProcessEnv): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-bench-'));
  const log = join(folder, 'gateway.log');
  writeFileSync(log, '');
  const names = Array.from({ length: FAILURES }, (_, n) => nameOf(n)).join();
  const one = start(program, ['--url', url, '--log-file', log, '--no-state'], env);
  const writer = fileURLToPath(new URL('./log-flood.ts', import.meta.url));
  const flood = spawn(process.execPath, [writer, log, String(FLOOD_S * 10_000), names], { stdio: 'ignore' });
  try {
    await one.shows('model-0');
    one.write('4z');
    await one.shows('dropped');
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // What stands at the bottom has come last, and is not dropped before the round is over.
      one.write('G');
      await pause(50);
      for (const [keys, shown] of KEYS) {
        const heard = one.next(shown);
        one.write(keys);
        times.push(await heard);
        await pause(10 + ((round * 7) % 40));
      }
    }
    times.sort((a, b) => a - b);
    return [
      { what: 'a key while 10,000 log lines a second come, median', value: median(times), unit: 'ms', budget: 50 },
      {
        what: 'the same, 99 of 100',
        value: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
        unit: 'ms',
        budget: 50,
      },
    ];
  } finally {
    flood.kill();
    await one.quit();
    rmSync(folder, { recursive: true, force: true });
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Names of letters only: figures in a failure's text do not tell it from another. */
function nameOf(n: number): string {
  const letters = [n, Math.floor(n / 26), Math.floor(n / 676)].map((part) => String.fromCharCode(97 + (part % 26)));
  return `gpt-${letters.join('')}`;
}
