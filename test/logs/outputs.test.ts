import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { maybeError } from '../../src/diagnosis/gate.ts';
import { type LogsOptions, runLogs } from '../../src/logs/command.ts';
import { createLogMonitor } from '../../src/logs/monitor.ts';
import { outputsOf } from '../../src/logs/outputs.ts';
import { createOwnProbes } from '../../src/logs/records/own.ts';
import type { LogEvent, LogMonitor } from '../../src/logs/types.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { standIns } from './programs/stand-in.ts';

const scrub = createScrub([]);
const tools = { diagnose: createDiagnose({ scrub }), gate: maybeError, scrub, own: createOwnProbes({ keyHash: null }) };
const ERROR =
  '08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - litellm.APIError: APIError: OpenrouterException - Insufficient credits';

const OPTIONS: LogsOptions = {
  files: [],
  stdin: false,
  journal: null,
  container: null,
  pids: [],
  follow: false,
  sinceMs: null,
  all: false,
  level: null,
  classes: null,
  grep: null,
  format: 'text',
  color: false,
  columns: null,
};

let folder: string;
let children: ChildProcess[] = [];
let monitors: LogMonitor[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchtower-outputs-'));
});
afterEach(async () => {
  for (const monitor of monitors) await monitor.stop();
  for (const child of children) child.kill('SIGKILL');
  [children, monitors] = [[], []];
  rmSync(folder, { recursive: true, force: true });
});

/** A process that writes a line whenever the file `say` in the folder grows, its output as the shell puts it. */
async function writer(redirect: string): Promise<number> {
  writeFileSync(join(folder, 'say'), '');
  const child = spawn('bash', ['-c', `exec tail -n +1 -s 0.05 -f say ${redirect}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const pid = child.pid as number;
  const end = Date.now() + 5_000;
  while (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('tail') && Date.now() < end) await sleep(10);
  return pid;
}

const say = (text: string): void => appendFileSync(join(folder, 'say'), `${text}\n`);

function watch(pids: readonly number[], stateDir: string | null = null): LogMonitor {
  const monitor = createLogMonitor({ files: [], journal: null, container: null, pids: [], stateDir }, tools);
  monitors.push(monitor);
  monitor.start();
  monitor.gateway(pids);
  return monitor;
}

async function next(monitor: LogMonitor): Promise<LogEvent> {
  const end = Date.now() + 8_000;
  for (;;) {
    const [event] = monitor.take();
    if (event !== undefined) return event;
    if (Date.now() > end) throw new Error(`no event; ${JSON.stringify(monitor.sources())}`);
    await sleep(20);
  }
}

describe('the output of a gateway', () => {
  it('is followed where its descriptors lead to a file, once for both', async () => {
    const monitor = watch([await writer('> gateway.log 2>&1')]);
    expect(monitor.sources()).toMatchObject([{ kind: 'fd', path: join(folder, 'gateway.log'), state: 'FOLLOWING' }]);
    say(ERROR);
    expect(await next(monitor)).toMatchObject({ level: 'ERROR', diagnosis: { class: 'CREDITS' }, old: false });
  });

  it('is read through its descriptor where the file was deleted, and that is said', async () => {
    const pid = await writer('> gateway.log 2>&1');
    rmSync(join(folder, 'gateway.log'));
    const monitor = watch([pid]);
    expect(monitor.sources()).toMatchObject([
      { state: 'FOLLOWING', why: expect.stringContaining('deleted while it is written') },
    ]);
    say(ERROR);
    expect((await next(monitor)).diagnosis.class).toBe('CREDITS');
  });

  it.each([
    ['> /dev/null 2>&1', /writes to \/dev\/null: start it with > gateway\.log/],
    ['> >(exec cat) 2>&1', /writes to a pipe that cat \(\d+\) reads: name the file behind it/],
  ])('that goes nowhere readable says where, and what helps: %s', async (redirect, words) => {
    const pid = await writer(redirect);
    // A shell stands for the reader until it has started it.
    await vi.waitFor(
      () =>
        expect(watch([pid]).sources()).toMatchObject([{ state: 'NONE', path: '-', why: expect.stringMatching(words) }]),
      5_000,
    );
  });

  it.each(['> >(exec tee -a gateway.log) 2>&1', '> >(cat | tee gateway.log) 2>&1'])(
    'is followed through a pipe to the file behind it, and that is said: %s',
    async (redirect) => {
      const monitor = watch([await writer(redirect)]);
      await vi.waitFor(() => expect(monitor.sources()).toMatchObject([{ state: 'FOLLOWING' }]), 8_000);
      expect(monitor.sources()).toMatchObject([
        { kind: 'fd', path: join(folder, 'gateway.log'), why: expect.stringMatching(/to a pipe, tee \(\d+\) to this/) },
      ]);
      say(ERROR);
      expect((await next(monitor)).diagnosis.class).toBe('CREDITS');
    },
  );

  it.each([
    { kind: 'journal', target: 'socket:[40]', cgroup: 'litellm.service', path: 'journal:litellm.service' },
    { kind: 'docker', target: 'pipe:[40]', cgroup: `docker-${'4f2a'.repeat(16)}.scope`, path: 'docker:4f2a4f2a4f2a' },
  ])(
    'is read from the $kind that owns its cgroup, where it goes to $target',
    async ({ kind, target, cgroup, path }) => {
      const programs = standIns();
      const { PATH } = process.env;
      process.env.PATH = `${programs.folder}:${PATH}`;
      try {
        const proc = join(folder, 'proc');
        mkdirSync(join(proc, '7', 'fd'), { recursive: true });
        for (const fd of [1, 2]) symlinkSync(target, join(proc, '7', 'fd', String(fd)));
        programs.journal([{ __CURSOR: 's=1', __REALTIME_TIMESTAMP: '1772323200000000', MESSAGE: ERROR }]);
        programs.container([`2026-03-01T00:00:00.000000000Z ${ERROR}`]);
        const named = { files: [], journal: null, container: null, pids: [7], stateDir: null, places: { proc } };
        const stray = createLogMonitor(named, tools);
        const monitor = createLogMonitor(named, tools);
        monitors.push(stray, monitor);
        stray.start();
        expect(stray.sources()).toMatchObject([
          { state: 'NONE', why: expect.stringMatching(/writes to a (?:socket, and no unit owns it|pipe: name)/) },
        ]);
        writeFileSync(join(proc, '7', 'cgroup'), `0::/system.slice/${cgroup}\n`);
        monitor.start();
        expect((await next(monitor)).diagnosis.class).toBe('CREDITS');
        expect(monitor.sources()).toMatchObject([{ kind, path, state: 'FOLLOWING' }]);
      } finally {
        process.env.PATH = PATH;
        programs.remove();
      }
    },
  );

  it('is not looked for in the journal where it goes to a pipe: a supervisor of that unit reads it', () => {
    const proc = join(folder, 'proc');
    mkdirSync(join(proc, '7', 'fd'), { recursive: true });
    for (const fd of [1, 2]) symlinkSync('pipe:[40]', join(proc, '7', 'fd', String(fd)));
    writeFileSync(join(proc, '7', 'cgroup'), '0::/system.slice/supervisor.service\n');
    expect(outputsOf([7], proc)).toEqual({
      outputs: [],
      owner: { unit: null, container: null },
      why: expect.stringContaining('writes to a pipe: name the file'),
    });
  });

  it('goes into a pipe whose reader has an escape in its name: none reaches a screen', async () => {
    symlinkSync('/bin/cat', join(folder, '\x1b[31mcat'));
    const pid = await writer("> >(exec $'./\\e[31mcat') 2>&1");
    await vi.waitFor(() => expect(watch([pid]).sources()[0]?.why).toMatch(/cat \(\d+\) reads/), 5_000);
    const said: string[] = [];
    const io = {
      stdin: Readable.from([]),
      ending: new AbortController().signal,
      out: () => Promise.resolve(),
      err: (text: string) => Promise.resolve(void said.push(text)),
    };
    expect(await runLogs({ ...OPTIONS, pids: [pid] }, tools, io)).toBe(3);
    for (const text of [...said, watch([pid]).sources()[0]?.why]) {
      expect(text).toMatch(/cat \(\d+\) reads/);
      expect(text).not.toContain('\x1b');
    }
  });

  it('is kept when the gateway goes: its last words are there', async () => {
    const monitor = watch([await writer('> gateway.log 2>&1')]);
    monitor.gateway([]);
    appendFileSync(join(folder, 'gateway.log'), `${ERROR}\n`);
    expect((await next(monitor)).diagnosis.class).toBe('CREDITS');
    expect(monitor.sources()).toHaveLength(1);
  });

  it('is looked for again when another process takes its place', async () => {
    const monitor = watch([await writer('> one.log 2>&1')]);
    const second = await writer('> two.log 2>&1');
    monitor.gateway([second]);
    expect(monitor.sources().map((one) => one.path)).toEqual([join(folder, 'two.log')]);
  });
});

describe('a restart', () => {
  it('shows what was before as history, repeats none of it as new, and loses nothing that came between', async () => {
    const pid = await writer('> gateway.log 2>&1');
    const state = join(folder, 'state');
    mkdirSync(state, { mode: 0o700 });
    const first = watch([pid], state);
    say(ERROR);
    await next(first);
    await first.stop();
    expect(existsSync(join(state, 'log-positions.json'))).toBe(true);
    say(ERROR.replace('Insufficient credits', 'Key limit exceeded (total limit)'));
    await sleep(300);
    const second = watch([pid], state);
    const events: LogEvent[] = [];
    await vi.waitFor(() => expect(events.push(...second.take())).toBe(2), 8_000);
    expect(events).toMatchObject([
      { old: true, text: expect.stringContaining('Insufficient credits') },
      { old: false, text: expect.stringContaining('Key limit exceeded') },
    ]);
  });
});
