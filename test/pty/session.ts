import { readFileSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';
import { createEmulator, type Emulator } from './emulator.ts';

export interface SessionOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A program in a real terminal, with an emulator in front of it. */
export interface Session extends Emulator {
  readonly pid: number;
  /** Everything that it wrote. */
  raw(): string;
  press(keys: string): void;
  resizeTo(columns: number, rows: number): void;
  /** Stops reading: the terminal's buffer fills up, as with a stalled link. */
  pause(): void;
  resume(): void;
  /** Resolves when `condition` holds; fails with the screen in its message. */
  until(what: string, condition: () => boolean, ms?: number): Promise<void>;
  see(text: string, ms?: number): Promise<void>;
  readonly exited: Promise<number>;
  /** Takes the terminal away. */
  hangUp(): void;
}

const CLEAN_ENV = { LANG: 'C.UTF-8', TERM: 'xterm-256color', HOME: '/nonexistent', PATH: process.env.PATH };

export function startSession({ command, args, columns = 100, rows = 30, env = {} }: SessionOptions): Session {
  const emulator = createEmulator(columns, rows);
  const wanted = { ...CLEAN_ENV, ...env };
  const clean = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  // The library would put a TERM of its own in place of none.
  const line = clean.TERM === undefined ? ['env', '-u', 'TERM', command, ...args] : [command, ...args];
  const pty = spawn(line[0] ?? '', line.slice(1), {
    name: clean.TERM ?? '',
    cols: columns,
    rows,
    env: clean,
    cwd: process.cwd(),
  });
  let raw = '';
  let parsed = Promise.resolve();
  pty.onData((data) => {
    raw += data;
    parsed = parsed.then(() => emulator.write(data));
  });
  const exited = new Promise<number>((done) => {
    // What was written last is read before the end counts.
    pty.onExit(({ exitCode, signal }) =>
      setTimeout(() => void parsed.then(() => done(signal ? 128 + signal : exitCode)), 50),
    );
  });

  async function until(what: string, condition: () => boolean, ms = 30_000): Promise<void> {
    const end = performance.now() + ms;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`waited ${ms} ms for ${what}; the screen:\n${emulator.text()}`);
      await new Promise((done) => setTimeout(done, 10));
    }
  }

  return {
    ...emulator,
    pid: pty.pid,
    raw: () => raw,
    press: (keys) => pty.write(keys),
    resizeTo(nextColumns, nextRows) {
      emulator.resize(nextColumns, nextRows);
      pty.resize(nextColumns, nextRows);
    },
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    until,
    see: (text, ms) => until(`"${text}"`, () => emulator.text().includes(text), ms),
    exited,
    hangUp: () => (pty as unknown as { destroy(): void }).destroy(),
  };
}

/** The first child of a process; null while it has none. */
export function childOf(pid: number): number | null {
  try {
    const first = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0];
    return first ? Number(first) : null;
  } catch {
    return null;
  }
}

/** Letter of a process's state as the kernel gives it; null where there is none. */
function stateOf(pid: number): string | null {
  try {
    return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Whether a process is there, zombies apart. */
export function isRunning(pid: number): boolean {
  return !['Z', 'X', null].includes(stateOf(pid));
}

export function isStopped(pid: number): boolean {
  return stateOf(pid) === 'T';
}

/**
 * A shell that runs the program and then tells the terminal's settings before and after, and the exit code: what is on
 * its screen at the end is what a person has to go on with.
 */
const SHELL_SCRIPT =
  'b=$(stty -g); "$@"; c=$?; a=$(stty -g); [ "$a" = "$b" ] && s=same || s=DIFFERENT; echo "stty $s, exit $c"';

export function startInShell(options: SessionOptions): Session {
  return startSession({
    ...options,
    command: 'bash',
    args: ['-c', SHELL_SCRIPT, 'sh', options.command, ...options.args],
  });
}
