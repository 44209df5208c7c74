import { writeSync } from 'node:fs';
import { createStore, type WatchStore } from '../hooks/store.ts';
import { type Clock, systemClock } from '../src/clock.ts';
import type { Settings } from '../src/config/settings.ts';
import { type Capabilities, detectCapabilities } from '../src/terminal/capabilities.ts';
import { captureOutput } from '../src/terminal/captured-output.ts';
import { createLeaving, type Leaving } from '../src/terminal/leaving.ts';
import { installSignals } from '../src/terminal/signals.ts';
import { openTerminal, type Terminal } from '../src/terminal/terminal.ts';
import { openTtySink } from '../src/terminal/tty-sink.ts';
import type { Scrub } from '../src/text/safe-text.ts';
import { createScrub } from '../src/text/scrub.ts';
import type { Engine } from '../src/watch/engine.ts';
import type { Snapshot } from '../src/watch/snapshot.ts';
import { startWorkerEngine } from '../src/watch/worker-engine.ts';
import { keyVariableOf } from './curl.ts';
import { ASCII, type Glyphs, UNICODE } from './glyphs.ts';
import type { Action } from './keys.ts';
import { frameLines } from './screen.ts';
import { skeletonSnapshot } from './skeleton.ts';
import { paint } from './theme.ts';

export interface DashboardInput {
  readonly settings: Settings;
  /** The key to the gateway; only `reveal` gives it away. */
  readonly key: { reveal(): string } | null;
}

/** The engine comes in from outside, so that a test can bring one that fails. */
export interface DashboardDeps {
  readonly startEngine: (settings: Settings, key: DashboardInput['key']) => Engine;
}

/** Keys are answered by React: they are not kept waiting longer than this for data. */
const FIRST_DATA_MS = 1_000;

const REAL: DashboardDeps = { startEngine: startWorkerEngine };

/**
 * The full-screen dashboard, until it is left. Resolves to the exit code: 0 on `q`, 130, 143, 129 and 131 on the
 * signals, 3 when something failed (the redacted words are then on standard error, after the screen). The terminal is
 * given back before it resolves; the caller ends the process.
 */
export async function runDashboard(input: DashboardInput, deps: DashboardDeps = REAL): Promise<number> {
  const { settings, key } = input;
  const capabilities = detectCapabilities({
    env: process.env,
    isTerminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
    color: settings.color,
    ascii: settings.ascii,
  });
  if (!capabilities.fullScreen) {
    process.stderr.write('watchtower: the dashboard needs a terminal; use --once or monitor\n');
    return 3;
  }
  // Its thread starts beside ours: what it asks first is what the screen waits for.
  const engine = deps.startEngine(settings, key);
  const scrub = createScrub(key === null ? [] : [key.reveal()]);
  const session = openSession(systemClock, capabilities, scrub);
  const { terminal, leaving } = session;
  const glyphs = capabilities.unicode ? UNICODE : ASCII;
  const store = openStore(input, terminal, glyphs, scrub);
  session.onEnd(() => store.dispose());
  session.onResume(() => store.wake());
  try {
    session.onEnd(() => engine.stop());
    void engine.failed.then((error) => leaving.leave({ kind: 'failed', error }));

    terminal.enter();
    const present = painter(store, terminal, glyphs);
    // Neither the first frame nor the first data wait for React.
    present();
    const stopPainting = store.subscribe(present);
    terminal.onResize(({ columns, rows }) => store.resize(columns, rows));
    engine.subscribe((snapshot) => store.receive(snapshot));
    const now = engine.current();
    if (now !== null) store.receive(now);

    const onAction = actOn(store, engine, session);
    const left = leaving.done.then(() => true);
    if (await Promise.race([firstData(store).then(() => false), left])) return leaving.done;
    const mount = await loadMount();
    stopPainting();
    store.subscribePainter(present);
    const unmount = mount({
      stdout: terminal.stream,
      stdin: process.stdin,
      store,
      glyphs,
      color: capabilities.color,
      onAction,
      onFailed: (error) => leaving.leave({ kind: 'failed', error }),
    });
    session.onEnd(unmount);
  } catch (error) {
    leaving.leave({ kind: 'failed', error });
  }
  return leaving.done;
}

/** Paints what the store shows without React: the same cells, at a tenth of the cost. */
function painter(store: WatchStore, { screen, capabilities }: Terminal, glyphs: Glyphs): () => void {
  return () => {
    const lines = frameLines(store.get().screen, glyphs);
    screen.present(lines.map((line) => paint(line, capabilities.color)).join('\n'));
  };
}

/**
 * Resolves when the first data are painted, or will not come soon. Loading React and its first frame hold this thread up
 * for longer than a gateway takes to answer, and would keep its answers from the screen.
 */
function firstData(store: WatchStore): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!isTold(store.get().snapshot)) return;
      cancel();
      unsubscribe();
      resolve();
    };
    const unsubscribe = store.subscribe(check);
    const cancel = systemClock.after(FIRST_DATA_MS, () => {
      unsubscribe();
      resolve();
    });
    check();
  });
}

/** The models are there, or it is known why they are not. */
function isTold({ models, gateway }: Snapshot): boolean {
  const { live, modelsList, key } = gateway;
  if (models.length > 0 || live.failure !== null || modelsList.failure !== null) return true;
  return key.state === 'MISSING' && live.status !== null;
}

/** Loads React and Ink. Whether colours are used is decided already: Ink's own guess from the environment must not count. */
async function loadMount(): Promise<typeof import('./mount.tsx')['mount']> {
  const before = process.env.FORCE_COLOR;
  process.env.FORCE_COLOR = '1';
  try {
    return (await import('./mount.tsx')).mount;
  } finally {
    if (before === undefined) delete process.env.FORCE_COLOR;
    else process.env.FORCE_COLOR = before;
  }
}

function openStore({ settings, key }: DashboardInput, terminal: Terminal, glyphs: Glyphs, scrub: Scrub): WatchStore {
  return createStore({
    clock: systemClock,
    first: skeletonSnapshot(settings, key !== null, systemClock.now(), scrub),
    scrub,
    fixed: {
      glyphs,
      curl: {
        url: scrub(settings.url),
        keyHeader: scrub(settings.keyHeader),
        keyVariable: key === null ? null : keyVariableOf(settings.keyFrom),
      },
    },
    ...terminal.size(),
  });
}

interface Session {
  readonly terminal: Terminal;
  readonly leaving: Leaving;
  /** Called when the dashboard ends, in the order of their coming. */
  onEnd(step: () => void | Promise<void>): void;
  onResume(step: () => void): void;
  suspend(): void;
}

/**
 * A shell that ends sends its stopped jobs SIGTERM or SIGHUP together with SIGCONT: those are heard first. Who reaches for the
 * terminal before is stopped in the background once more, and nobody may be left to continue it.
 */
const HEARD_FIRST_MS = 20;

/** Terminal, signals and the way out. */
function openSession(clock: Clock, capabilities: Capabilities, scrub: Scrub): Session {
  const captured = captureOutput([process.stdout, process.stderr]);
  const ends: (() => void | Promise<void>)[] = [];
  const resumes: (() => void)[] = [];
  const terminal = openTerminal({
    sink: openTtySink(),
    keyboard: process.stdin,
    window: process.stdout,
    clock,
    capabilities,
    onLost: () => leaving.leave({ kind: 'lost' }),
  });
  const leaving = createLeaving({
    clock,
    restore: () => terminal.restore(),
    async stop() {
      for (const end of ends) await end();
      uninstall();
    },
    report(error) {
      const said = captured.release();
      sayFailure(scrub, error, said);
    },
    exit: (code) => process.exit(code),
    kill: () => process.kill(process.pid, 'SIGKILL'),
  });
  const uninstall = installSignals(process, {
    end: (signal) => leaving.leave({ kind: 'signal', signal }),
    failed: (error) => leaving.leave({ kind: 'failed', error }),
    suspend: () => terminal.suspend(),
    resume() {
      clock.after(HEARD_FIRST_MS, () => {
        terminal.resume();
        for (const resume of resumes) resume();
      });
    },
  });
  ends.push(() => {
    captured.release();
  });
  return {
    terminal,
    leaving,
    onEnd: (step) => ends.push(step),
    onResume: (step) => resumes.push(step),
    // The whole group, as the terminal itself would: npm and the shell in front of us stop too.
    suspend: () => process.kill(0, 'SIGTSTP'),
  };
}

function actOn(store: WatchStore, engine: Engine, { terminal, leaving, suspend }: Session): (action: Action) => void {
  return (action) => {
    const nothingOpen = store.get().view.overlay === null;
    if (action.kind === 'quit') leaving.leave({ kind: 'signal', signal: 'SIGINT' });
    else if (action.kind === 'close-or-quit' && nothingOpen) leaving.leave({ kind: 'quit' });
    else if (action.kind === 'repaint') terminal.screen.repaint();
    else if (action.kind === 'suspend') suspend();
    else {
      if (action.kind === 'refresh') engine.send({ kind: 'refresh' });
      if (action.kind === 'rediscover') engine.send({ kind: 'rediscover' });
      store.act(action);
    }
  };
}

/** On the shell's own screen, redacted: the message, where it happened, and what was said beside the picture. */
function sayFailure(scrub: Scrub, error: unknown, said: string): void {
  const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  const lines = [`watchtower: ended by an internal error`, scrub(text), said === '' ? '' : scrub(said)];
  try {
    writeSync(2, `${lines.filter((line) => line !== '').join('\n')}\n`);
  } catch {
    // Nobody is there to read it.
  }
}
