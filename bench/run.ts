import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { diagnosisFigures } from './diagnosis.ts';
import { type Figure, tableOf } from './figures.ts';
import { frameFigures, reduceFigures } from './in-process.ts';
import { terminalFigures } from './in-terminal.ts';
import { instantGateway } from './instant-gateway.ts';
import { logPanelFigures } from './log-panel.ts';
import { logFigures } from './logs.ts';
import { timeInTurn } from './measure.ts';

/*
 * `npm run bench`: what the program costs, as ratios within one run against a bare `node -e 0`, with the budget beside each.
 * Nothing here asserts: a figure that misses its budget is marked.
 */

const RUNS = Number(process.env.BENCH_RUNS ?? 9);
const PROGRAM = 'dist/watchtower.js';

async function startFigures(url: string, env: NodeJS.ProcessEnv): Promise<{ figures: Figure[]; bareMs: number }> {
  const node = (...args: string[]) => ({ command: process.execPath, args, env });
  const once = node(PROGRAM, '--once', '--url', url, '--no-state');
  const [bareMs = 0, version = 0, help = 0, look = 0] = await timeInTurn(
    [node('-e', '0'), node(PROGRAM, '--version'), node(PROGRAM, '--help'), once],
    RUNS,
  );
  const ratio = (what: string, ms: number, budget: number): Figure => ({
    what,
    value: ms / bareMs,
    unit: 'x bare node',
    budget,
  });
  return {
    bareMs,
    figures: [
      { what: 'bare node -e 0', value: bareMs, unit: 'ms', budget: null },
      ratio('--version', version, 1.5),
      ratio('--help', help, 1.5),
      ratio('--once against an instant gateway', look, 3),
    ],
  };
}

const gateway = await instantGateway(10);
const env = {
  ...process.env,
  LITELLM_MASTER_KEY: 'sk-fake-bench-key-0000',
  HOME: '/nonexistent',
  XDG_STATE_HOME: '',
  NO_COLOR: '',
};
const { figures, bareMs } = await startFigures(gateway.url, env);
figures.push(...(await terminalFigures(PROGRAM, gateway, env, bareMs)));
figures.push(...(await logPanelFigures(PROGRAM, gateway.url, env)));
await gateway.close();
figures.push(...reduceFigures(), ...frameFigures(), ...diagnosisFigures(), ...(await logFigures()));

const table = tableOf(figures);
process.stdout.write(table);
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const head = `# What the watchtower costs\n\nMeasured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: version ${version} after commit ${commit}, Node ${process.version}, ${availableParallelism()} cores. Medians; rates of the diagnosis are the best of twelve windows; ratios within one run. A missed budget is marked.\n\n`;
writeFileSync(process.env.BENCH_RESULTS ?? 'bench/RESULTS.md', head + table);
