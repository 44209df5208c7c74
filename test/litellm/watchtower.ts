import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IncidentView, Snapshot } from '../../src/watch/snapshot.ts';

/**
 * The built executable: the suite knows the program only from outside. `WATCHTOWER_EXECUTABLE` names another build of it,
 * for instance an installed package.
 */
export const EXECUTABLE = process.env.WATCHTOWER_EXECUTABLE ?? resolve(import.meta.dirname, '../../dist/watchtower.js');

/** An operator's account: a home of its own, so that nothing of the caller's settings or state comes in. */
export interface Account {
  home: string;
  /** Everything that was printed or stored by runs of this account. */
  written(): string;
  remember(text: string): void;
  remove(): void;
}

export function newAccount(): Account {
  const home = mkdtempSync(join(tmpdir(), 'watchtower-home-'));
  let printed = '';
  return {
    home,
    written: () =>
      printed +
      filesBelow(home)
        .map((path) => readFileSync(path, 'utf8'))
        .join('\n'),
    remember: (text) => {
      printed += text;
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !path.endsWith('.env'));
}

export interface RunOptions {
  account: Account;
  /** `LITELLM_MASTER_KEY` of the run; none where it is left out. */
  key?: string | null;
  env?: Record<string, string>;
  cwd?: string;
  uid?: number;
  /** Another copy of the executable. */
  executable?: string;
}

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  ms: number;
}

function start(args: readonly string[], options: RunOptions): ChildProcess {
  const { account, key, env, cwd, uid, executable } = options;
  if (!existsSync(EXECUTABLE)) throw new Error(`${EXECUTABLE} is not there: run \`npm run build\` first`);
  return spawn(process.execPath, [executable ?? EXECUTABLE, ...args], {
    cwd: cwd ?? account.home,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: account.home,
      LANG: 'C.UTF-8',
      ...(key !== undefined && key !== null && { LITELLM_MASTER_KEY: key }),
      ...env,
    },
  });
}

/** Runs the executable to its end; killed, and failed, after `limitMs`. */
export async function run(args: readonly string[], options: RunOptions, limitMs = 60_000): Promise<Finished> {
  const began = performance.now();
  const child = start(args, options);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const [code, signal] = await ended(child);
  clearTimeout(timer);
  options.account.remember(stdout() + stderr());
  const finished = { code, signal, stdout: stdout(), stderr: stderr(), ms: performance.now() - began };
  if (signal === 'SIGKILL')
    throw new Error(`not done after ${limitMs} ms: watchtower ${args.join(' ')}\n${finished.stderr}`);
  return finished;
}

/** `--once --format json` against `url`: the snapshot, the exit code, and how long it took. */
export async function look(
  url: string,
  options: RunOptions,
  args: readonly string[] = [],
): Promise<{ snapshot: Snapshot; code: number | null; ms: number; stderr: string }> {
  const { stdout, stderr, code, ms } = await run(['--once', '--format', 'json', '--url', url, ...args], options);
  return { snapshot: parseSnapshot(stdout, stderr), code, ms, stderr };
}

function parseSnapshot(stdout: string, stderr: string): Snapshot {
  try {
    return JSON.parse(stdout) as Snapshot;
  } catch (error) {
    throw new Error(`no JSON on stdout: ${stdout.slice(0, 300)}\nstderr: ${stderr.slice(0, 600)}`, { cause: error });
  }
}

/** One line of `monitor --format json`: a whole snapshot each interval, and a line at each change. */
export type MonitorEvent =
  | ({ type: 'status' } & Snapshot)
  | { type: 'incident'; at: string; what: string; text: string; incident: IncidentView }
  | { type: 'gateway'; at: string; what: string; text: string }
  | { type: 'verdict' | 'process'; at: string; what: string; text: string }
  | { type: 'end'; at: string; why: string };

type Status = Extract<MonitorEvent, { type: 'status' }>;

/** A `monitor --format json` that runs until it is stopped. */
export interface Monitor {
  pid: number;
  /** Every line so far, parsed. */
  events(): readonly MonitorEvent[];
  /** The snapshots among them, oldest first. */
  statuses(): readonly Status[];
  /** The first event, of those that were printed and those to come, that `wanted` takes; throws after `limitMs`. */
  until<T extends MonitorEvent>(
    what: string,
    wanted: (event: MonitorEvent) => event is T,
    limitMs?: number,
  ): Promise<T>;
  until(what: string, wanted: (event: MonitorEvent) => boolean, limitMs?: number): Promise<MonitorEvent>;
  /** The first snapshot that `wanted` takes. */
  untilStatus(what: string, wanted: (snapshot: Snapshot) => boolean, limitMs?: number): Promise<Snapshot>;
  /** SIGTERM, then its end. */
  stop(): Promise<Finished>;
}

export function startMonitor(url: string, options: RunOptions, args: readonly string[] = []): Monitor {
  const began = performance.now();
  const child = start(['monitor', '--format', 'json', '--url', url, ...args], options);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const end = ended(child);
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const events = (): MonitorEvent[] => parseLines(stdout());
  const statuses = (): Status[] => events().filter((event) => event.type === 'status');
  const until = async (what: string, wanted: (event: MonitorEvent) => boolean, limitMs = 30_000) => {
    const deadline = performance.now() + limitMs;
    while (performance.now() < deadline) {
      const found = events().find(wanted);
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`the monitor ended (${child.exitCode}): ${stderr()}`);
      await sleep(50);
    }
    const seen = statuses().at(-1);
    const shown = seen === undefined ? 'nothing' : JSON.stringify({ gateway: seen.gateway, verdict: seen.verdict });
    throw new Error(`not within ${limitMs} ms: ${what}; last seen: ${shown} ${stderr()}`);
  };
  return {
    pid: child.pid ?? 0,
    events,
    statuses,
    until: until as Monitor['until'],
    untilStatus: async (what, wanted, limitMs) =>
      (await until(what, (event) => event.type === 'status' && wanted(event), limitMs)) as Status,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      const [code, signal] = await end;
      clearTimeout(timer);
      process.removeListener('exit', killAtExit);
      options.account.remember(stdout() + stderr());
      return { code, signal, stdout: stdout(), stderr: stderr(), ms: performance.now() - began };
    },
  };
}

/** Whole lines only: the last may still be on its way. */
function parseLines(text: string): MonitorEvent[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as MonitorEvent);
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (part: string) => {
    text += part;
  });
  return () => text;
}

function ended(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve([code, signal]));
  });
}
