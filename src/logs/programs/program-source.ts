import type { ChildProcess } from 'node:child_process';
import { countLines } from '../follow/count-lines.ts';
import { LINE_BYTES, lineCutter } from '../follow/lines.ts';
import type { Source, SourceItem, SourceStatus, Stamp } from '../source.ts';
import type { LogSourceKind } from '../types.ts';

/** One line of a program's output, decoded. */
export type Decoded =
  | { type: 'line'; text: string; stamp: Stamp | null /** Where to go on behind it. */; cursor: string }
  | { type: 'gap' }
  /** Of the program itself, not of the log. */
  | { type: 'said'; text: string }
  | { type: 'nothing' };

/** A program that prints a log: journalctl, docker, podman. */
export interface LogProgram {
  kind: LogSourceKind;
  /** What a person would call the source. */
  name: string;
  command: string;
  /** The program that a person must install for it. */
  needs: string;
  /** Its arguments, to go on behind the cursor where there is one. */
  args(cursor: string | null): string[];
  decode(line: string): Decoded;
  /** What would mend it, by what it printed on standard error. */
  hint(said: string): string | null;
}

export interface ProgramSource extends Source {
  /** True once it has ended and everything was handed on; never where it follows. */
  ended(): boolean;
  /** Resolves when a poll would give something, or when it has ended. */
  ready(): Promise<void>;
}

/** Decoded lines wait for a poll up to this size; the program is not read meanwhile. */
const WAITING_BYTES = 4 * 1024 * 1024;
const BACK_OFF_MS = [1_000, 2_000, 5_000, 10_000, 30_000];
/**
 * One that prints nothing for so long may have lost its log at a rotation, or hang: it is asked anew from the cursor. Where
 * there is nothing, each further time after twice as long.
 */
const QUIET_MS = 60_000;
const QUIETEST_MS = 900_000;
/** One that does not end when it is asked to is made to, ms. */
const STUBBORN_MS = 5_000;
const SAID_CHARS = 400;
/** What a shell exits with where it finds no such program. */
const NOT_FOUND = 127;

/** Reads what a program prints. Where it follows it is started again, from the cursor, when it ends; it ends with us. */
export function programSource(
  program: LogProgram,
  options: { follow: boolean; position?: string | null },
): ProgramSource {
  const queue: SourceItem[] = [];
  const startedAt = Date.now();
  const status: SourceStatus = {
    state: 'FOLLOWING',
    why: null,
    lines: 0,
    bytes: 0,
    behindBytes: 0,
    lastLineAt: null,
    rotations: 0,
    gaps: 0,
  };
  let cursor = options.position ?? null;
  let child: ChildProcess | null = null;
  let ends = 0;
  let restartAt: number | null = 0;
  let quiet = { since: 0, ms: QUIET_MS };
  /** When it was asked to end to be started anew, monotonic, ms. */
  let renewing: number | null = null;
  let offset = 0;
  let over = false;
  let closed = false;
  let wake = (): void => {};

  let said = '';
  const put = (line: string): void => {
    const found = program.decode(line);
    if (found.type === 'nothing') return;
    if (found.type === 'said') {
      said = `${said}\n${found.text}`.slice(-SAID_CHARS);
      return;
    }
    if (found.type === 'gap') {
      queue.push({ type: 'gap', bytes: null, why: 'SKIPPED' });
      return;
    }
    cursor = found.cursor;
    const bytes = Buffer.from(`${found.text}\n`);
    const old = found.stamp !== null && found.stamp.at < startedAt;
    queue.push({ type: 'lines', bytes, offset, old, stream: '', stamp: found.stamp });
    offset += bytes.length;
    status.behindBytes += bytes.length;
    ends = 0;
  };

  const start = (): void => {
    restartAt = null;
    said = '';
    // Loaded with the first program: most logs are files.
    const { spawn } = process.getBuiltinModule('node:child_process');
    const running = spawn(program.command, program.args(cursor), { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    child = running;
    const leave = (): void => endGroup(running);
    process.once('exit', leave);
    const cutter = lineCutter();
    running.stdout.on('data', (chunk: Buffer) => {
      for (const line of wholeLines(cutter, chunk)) put(line);
      if (status.behindBytes > WAITING_BYTES) running.stdout.pause();
      wake();
    });
    running.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-SAID_CHARS);
    });
    let failed: NodeJS.ErrnoException | null = null;
    running.on('error', (error: NodeJS.ErrnoException) => {
      failed = error;
    });
    running.on('close', (code) => {
      process.removeListener('exit', leave);
      child = null;
      if (closed) return;
      if (renewing !== null) [renewing, restartAt] = [null, 0];
      else tellEnd(failed, code, said.trim());
      wake();
    });
  };

  const tellEnd = (failed: NodeJS.ErrnoException | null, code: number | null, said: string): void => {
    if (failed?.code === 'ENOENT' || code === NOT_FOUND) {
      status.state = 'MISSING';
      status.why = `${program.needs} is not on the PATH`;
    } else if (failed !== null) {
      status.state = 'UNREADABLE';
      status.why = `${program.needs}: ${failed.code}`;
    } else if (code !== 0) {
      const last = said.split('\n').at(-1) ?? '';
      status.state = 'UNREADABLE';
      status.why =
        program.hint(said) ?? `${program.needs} ended (${code ?? 'killed'})${last === '' ? '' : `: ${last}`}`;
    } else if (status.lines === 0 && queue.length === 0 && said !== '') {
      status.state = 'SILENT';
      status.why = said.split('\n').at(-1) ?? said;
    }
    if (!options.follow) over = true;
    else restartAt = Number.NaN;
  };

  const endGroup = (running: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): void => {
    try {
      if (running.pid !== undefined) process.kill(-running.pid, signal);
    } catch {
      // It has gone already.
    }
  };

  /** Looks after the one that runs: silence may be its own. */
  const mind = (running: ChildProcess, now: number): void => {
    if (renewing !== null) {
      if (now - renewing >= STUBBORN_MS) endGroup(running, 'SIGKILL');
    } else if (options.follow && now - quiet.since >= quiet.ms) {
      renewing = now;
      quiet = { since: now, ms: Math.min(2 * quiet.ms, QUIETEST_MS) };
      endGroup(running);
    }
  };

  return {
    kind: program.kind,
    path: program.name,
    poll(now, maxBytes) {
      if (!over && !closed && child === null && restartAt !== null) {
        // It ended: the wait counts from the first look after that.
        if (Number.isNaN(restartAt)) {
          restartAt = now + (BACK_OFF_MS[Math.min(ends, BACK_OFF_MS.length - 1)] as number);
          ends += 1;
        } else if (now >= restartAt) {
          quiet.since = now;
          start();
        }
      }
      const items: SourceItem[] = [];
      for (let size = 0; size < maxBytes && queue.length > 0; ) {
        const item = queue.shift() as SourceItem;
        if (item.type === 'lines') {
          size += item.bytes.length;
          status.behindBytes -= item.bytes.length;
          status.bytes += item.bytes.length;
          status.lines += countLines(item.bytes);
          status.lastLineAt = now;
          status.state = 'FOLLOWING';
          status.why = null;
        } else if (item.type === 'gap') status.gaps += 1;
        items.push(item);
      }
      if (items.length > 0) quiet = { since: now, ms: QUIET_MS };
      else if (child !== null && queue.length === 0) mind(child, now);
      if (status.behindBytes <= WAITING_BYTES) child?.stdout?.resume();
      return items;
    },
    status: () => ({ ...status }),
    ended: () => over && queue.length === 0,
    ready: () =>
      queue.length > 0 || over || child === null
        ? Promise.resolve()
        : new Promise((resolve) => {
            wake = resolve;
          }),
    end: () => [],
    position: () => cursor,
    async close() {
      closed = true;
      if (child !== null) endGroup(child);
      wake();
    },
  };
}

function* wholeLines(cutter: ReturnType<typeof lineCutter>, chunk: Buffer): Generator<string> {
  const block = Buffer.allocUnsafe(chunk.length + LINE_BYTES);
  const from = cutter.lay(block, 0);
  const items: SourceItem[] = [];
  cutter.cut(block, 0, from + chunk.copy(block, from), 0, () => false, items);
  for (const item of items) {
    if (item.type !== 'lines') continue;
    for (const line of Buffer.from(item.bytes).toString('utf8').split('\n')) if (line !== '') yield line;
  }
}
