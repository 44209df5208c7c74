import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { maybeError } from '../../src/diagnosis/gate.ts';
import { runLogs } from '../../src/logs/command.ts';
import { elsewhere } from '../../src/logs/evidence.ts';
import { foundSources } from '../../src/logs/found-sources.ts';
import { createLogMonitor } from '../../src/logs/monitor.ts';
import { createOwnProbes } from '../../src/logs/records/own.ts';
import type { LogMonitor } from '../../src/logs/types.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { folder } from './follow/support.ts';

const scrub = createScrub([]);
const tools = { diagnose: createDiagnose({ scrub }), gate: maybeError, scrub, own: createOwnProbes({ keyHash: null }) };
const ERROR =
  '08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - litellm.APIError: APIError: OpenrouterException - Insufficient credits';

let base: string;
let child: ChildProcess | null = null;
let monitor: LogMonitor | null = null;
beforeEach(() => {
  base = folder();
});
afterEach(async () => {
  await monitor?.stop();
  child?.kill('SIGKILL');
  [child, monitor] = [null, null];
});

const at = (name: string): string => join(base, name);

/** A process whose output goes where the shell puts it. */
async function gateway(redirect: string): Promise<number> {
  child = spawn('bash', ['-c', `exec sleep 600 ${redirect}`], { cwd: base, stdio: 'ignore' });
  const pid = child.pid as number;
  const end = Date.now() + 5_000;
  while (!readlinkSync(`/proc/${pid}/exe`).includes('sleep') && Date.now() < end) await sleep(10);
  return pid;
}

function watch(files: string[], pid: number): LogMonitor {
  monitor = createLogMonitor({ files, journal: null, container: null, pids: [], stateDir: null }, tools);
  monitor.start();
  monitor.gateway([pid]);
  return monitor;
}

describe('a gateway that writes to another file than the one that was named', () => {
  it('has both followed, each said what it is, and what both hold told once', async () => {
    writeFileSync(at('named.log'), '');
    const pid = await gateway('> real.log 2>&1');
    const watched = watch([at('named.log')], pid);
    expect(watched.sources()).toMatchObject([
      { path: at('named.log'), state: 'FOLLOWING', why: `the gateway does not write to it, but to ${at('real.log')}` },
      { path: at('real.log'), state: 'FOLLOWING', why: 'the gateway writes here, and not to what was named' },
    ]);
    for (const name of ['named.log', 'real.log']) appendFileSync(at(name), `${ERROR}\n`);
    const counts = new Map<number, number>();
    await vi.waitFor(
      () => {
        for (const { id, count } of watched.take()) counts.set(id, count);
        expect(watched.sources().map(({ lines }) => lines)).toEqual([1, 1]);
        expect([...counts.values()]).toEqual([1]);
      },
      { timeout: 8_000, interval: 50 },
    );
  });

  it('that does not exist says so of it, and follows what is written', async () => {
    const watched = watch([at('gone.log')], await gateway('> real.log 2>&1'));
    expect(watched.sources()).toMatchObject([
      { state: 'MISSING', why: expect.stringContaining('no such file') },
      { path: at('real.log'), state: 'FOLLOWING' },
    ]);
  });

  it('and goes over to it when it is started anew is followed there alone', async () => {
    writeFileSync(at('named.log'), '');
    const watched = watch([at('named.log')], await gateway('> real.log 2>&1'));
    child?.kill('SIGKILL');
    watched.gateway([await gateway('>> named.log 2>&1')]);
    expect(watched.sources()).toMatchObject([{ path: at('named.log'), why: null }]);
  });

  it('is told of in `watchtower logs`, which reads what was named and nothing else', async () => {
    writeFileSync(at('named.log'), 'named\n');
    const pid = await gateway('> real.log 2>&1');
    appendFileSync(at('real.log'), 'real\n');
    let out = '';
    const io = {
      out: async (text: string) => {
        out += text;
      },
      err: async () => {},
      ending: new AbortController().signal,
      stdin: Readable.from([]),
    };
    const options = {
      files: [at('named.log')],
      stdin: false,
      journal: null,
      container: null,
      pids: [pid],
      follow: false,
    };
    const shown = { sinceMs: null, all: true, level: null, classes: null, grep: null, color: false, columns: null };
    expect(await runLogs({ ...options, ...shown, format: 'text' }, tools, io)).toBe(0);
    expect(out).toContain(
      `# file ${at('named.log')}: FOLLOWING, the gateway does not write to it, but to ${at('real.log')}\n`,
    );
    expect(out).toContain('\nnamed\n');
    expect(out).not.toContain('\nreal\n');
  });
});

describe('what was named is what the gateway writes', () => {
  it.each([
    ['the file of its output', '> named.log 2>&1'],
    ['one that it holds open for its own log, as with --log_config', '> real.log 2>&1 7>> named.log'],
    ['a link to it', '> linked.log 2>&1'],
  ])('%s', async (_, redirect) => {
    writeFileSync(at('linked.log'), '');
    if (redirect.includes('linked')) symlinkSync(at('linked.log'), at('named.log'));
    const pid = await gateway(redirect);
    expect(watch([at('named.log')], pid).sources()).toMatchObject([{ path: at('named.log'), why: null }]);
  });

  it('a name whose file was rotated away under it', async () => {
    const pid = await gateway('> named.log 2>&1');
    renameSync(at('named.log'), at('named.log.1'));
    writeFileSync(at('named.log'), '');
    expect(watch([at('named.log')], pid).sources()).toHaveLength(1);
  });

  it('where nobody can tell where a pipe leads', async () => {
    writeFileSync(at('named.log'), '');
    const pid = await gateway('> >(exec cat > /dev/null) 2>&1');
    expect(watch([at('named.log')], pid).sources()).toMatchObject([{ path: at('named.log'), why: null }]);
  });

  it.each([
    ['litellm.service', '0::/system.slice/litellm.service', 'socket:[1]', []],
    ['litellm', '0::/system.slice/litellm.service', 'socket:[1]', []],
    ['other', '0::/system.slice/litellm.service', 'socket:[1]', ['journal:litellm.service']],
    ['docker.service', `0::/docker/${'4f2a'.repeat(16)}`, 'pipe:[1]', []],
  ])('the journal of %s, its cgroup %s', (journal, cgroup, target, instead) => {
    const proc = at('proc');
    mkdirSync(join(proc, '7', 'fd'), { recursive: true });
    for (const fd of [1, 2]) symlinkSync(target, join(proc, '7', 'fd', String(fd)));
    writeFileSync(join(proc, '7', 'cgroup'), `${cgroup}\n`);
    const { found } = foundSources([7], { follow: true }, { proc });
    expect(found).toHaveLength(1);
    expect(elsewhere({ files: [], journal, container: null }, found, [7], proc).map(({ path }) => path)).toEqual(
      instead,
    );
  });
});
