import { spawn } from '@lydell/node-pty';
import type { Figure } from './figures.ts';
import type { InstantGateway } from './instant-gateway.ts';
import { median, treeUse } from './measure.ts';

const COLUMNS = 120;
const ROWS = 40;
const STARTS = Number(process.env.BENCH_STARTS ?? 7);
const IDLE_S = Number(process.env.BENCH_IDLE_S ?? 60);
/** Alone, one press of a key says little of the next. */
const PRESSES = 15;
/** Before the idle minute is measured, the start is let pass, s. */
const SETTLE_S = 15;

export interface Watched {
  pid: number;
  bytes(): number;
  /** Resolves at the next output; to the time that took, ms. */
  paints(): Promise<number>;
  /** Resolves when what is written from now on holds `text`; to the time that took, ms. */
  next(text: string): Promise<number>;
  /** Resolves when the output holds `text`; to the time since the start, ms. */
  shows(text: string): Promise<number>;
  write(keys: string): void;
  quit(): Promise<void>;
}

export function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Watched {
  const began = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    cols: COLUMNS,
    rows: ROWS,
    name: 'xterm-256color',
    env: { ...env, CI: undefined },
  });
  let output = '';
  const waiting = new Set<() => void>();
  child.onData((data) => {
    output += data;
    for (const check of waiting) check();
  });
  const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
  const holds = (text: string, from: number, since: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`never showed ${text}`)), 20_000);
      const check = (): void => {
        if (!output.includes(text, from)) return;
        waiting.delete(check);
        clearTimeout(timer);
        resolve(performance.now() - since);
      };
      waiting.add(check);
      check();
    });
  return {
    pid: child.pid,
    bytes: () => Buffer.byteLength(output),
    shows: (text) => holds(text, 0, began),
    next: (text) => holds(text, output.length, performance.now()),
    paints() {
      const asked = performance.now();
      const length = output.length;
      return new Promise((resolve) => {
        const check = (): void => {
          if (output.length === length) return;
          waiting.delete(check);
          resolve(performance.now() - asked);
        };
        waiting.add(check);
      });
    },
    write: (keys) => child.write(keys),
    async quit() {
      child.write('q');
      await ended;
    },
  };
}

const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** First frame, data on screen, an idle minute, and a key until it shows, of the built program in a pseudo-terminal. */
export async function terminalFigures(
  program: string,
  gateway: InstantGateway,
  env: NodeJS.ProcessEnv,
  bareMs: number,
): Promise<Figure[]> {
  const args = ['--url', gateway.url, '--no-state'];
  const first: number[] = [];
  const data: number[] = [];
  for (let run = 0; run < STARTS; run += 1) {
    const one = start(program, args, env);
    first.push(await one.shows('quit'));
    data.push(await one.shows('model-0'));
    await one.quit();
  }
  const idle = await idleFigures(start(program, args, env));
  return [
    { what: 'first frame in a terminal', value: median(first) / bareMs, unit: 'x bare node', budget: 6 },
    { what: 'model data on screen', value: median(data) / bareMs, unit: 'x bare node', budget: 10 },
    ...idle,
  ];
}

async function idleFigures(one: Watched): Promise<Figure[]> {
  await one.shows('model-0');
  await sleep(SETTLE_S);
  const before = { ...treeUse(one.pid), bytes: one.bytes(), at: performance.now() };
  await sleep(IDLE_S);
  const after = { ...treeUse(one.pid), bytes: one.bytes(), at: performance.now() };
  const minutes = (after.at - before.at) / 60_000;
  const refreshes: number[] = [];
  for (let press = 0; press < PRESSES; press += 1) {
    const painted = one.paints();
    one.write('r');
    refreshes.push(await painted);
    // never at the same place between two ticks of the clock
    await sleep(3 + press / PRESSES);
  }
  await one.quit();
  return [
    {
      what: 'CPU of an idle minute, whole tree',
      value: (100 * (after.cpuS - before.cpuS)) / (minutes * 60),
      unit: '% of a core',
      budget: 0.5,
    },
    { what: 'memory (PSS, whole tree)', value: after.pssBytes / 2 ** 20, unit: 'MiB', budget: 130 },
    {
      what: 'bytes written in an idle minute',
      value: (after.bytes - before.bytes) / minutes,
      unit: 'bytes',
      budget: 2048,
    },
    { what: 'r until the screen says so', value: median(refreshes), unit: 'ms', budget: 15 },
  ];
}
