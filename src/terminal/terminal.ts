import type { Clock } from '../clock.ts';
import type { Capabilities } from './capabilities.ts';
import { createFrameStream } from './frame-stream.ts';
import { createScreen, type Screen, type Size } from './screen.ts';
import { enterSequence, leaveSequence } from './sequences.ts';
import type { Sink } from './tty-sink.ts';

/** Standard input as a terminal. */
interface Keyboard {
  setRawMode(on: boolean): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  off(event: 'end' | 'close' | 'error', listener: () => void): unknown;
}

/** Standard output as a terminal: asked for its size only, never written to. */
interface Window {
  getWindowSize(): [number, number];
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export interface TerminalDeps {
  sink: Sink;
  keyboard: Keyboard;
  window: Window;
  clock: Clock;
  capabilities: Capabilities;
  /** The terminal was taken away; called once. */
  onLost(): void;
}

/** A terminal that a full-screen face has taken, and the one place that gives it back. */
export interface Terminal {
  readonly capabilities: Capabilities;
  readonly screen: Screen;
  /** What Ink draws to. */
  readonly stream: NodeJS.WriteStream;
  size(): Size;
  onResize(listener: (size: Size) => void): () => void;
  enter(): void;
  /** Gives the terminal back as it was: synchronous, and harmless when called again. */
  restore(): void;
  /** Gives the terminal back for a while. */
  suspend(): void;
  /** Takes it again and paints everything. */
  resume(): void;
}

/** A link that was cut is noticed at the latest after this time, SIGHUP or not. */
const LOSS_CHECK_MS = 1500;
/** How long leaving waits for a reader that pauses. */
const DRAIN_MS = 1000;
/** Two calls to come back within this time are one. */
const RESUME_ONCE_MS = 500;
const FALLBACK: Size = { columns: 80, rows: 24 };

/** Wires screen, keyboard and window together. Nothing is written before `enter`. */
export function openTerminal(deps: TerminalDeps): Terminal {
  const { sink, keyboard, window, clock, capabilities } = deps;
  let state: 'outside' | 'inside' | 'suspended' | 'over' = 'outside';
  let stopWatching = (): void => {};
  let lost = false;
  let resumedAt = Number.NEGATIVE_INFINITY;

  const screen = createScreen({
    sink,
    clock,
    size: readSize(window),
    synchronized: capabilities.modern,
    ascii: !capabilities.unicode,
    onLost: lose,
  });

  function lose(): void {
    if (lost) return;
    lost = true;
    deps.onLost();
  }

  function watchLoss(): () => void {
    let cancel = (): void => {};
    const check = (): void => {
      if (!sink.alive()) lose();
      else cancel = clock.after(LOSS_CHECK_MS, check);
    };
    cancel = clock.after(LOSS_CHECK_MS, check);
    const events = ['end', 'close', 'error'] as const;
    for (const event of events) keyboard.on(event, lose);
    return () => {
      cancel();
      for (const event of events) keyboard.off(event, lose);
    };
  }

  function giveBack(): void {
    screen.hold();
    screen.control(leaveSequence(capabilities, readSize(window).rows));
    screen.drain(DRAIN_MS);
    setRaw(keyboard, false);
  }

  function takeAgain(): void {
    setRaw(keyboard, false);
    setRaw(keyboard, true);
    screen.control(enterSequence(capabilities));
    screen.release();
  }

  return {
    capabilities,
    screen,
    stream: createFrameStream(screen, () => readSize(window)),
    size: () => readSize(window),
    onResize(listener) {
      const onResize = (): void => {
        const size = readSize(window);
        screen.resize(size);
        listener(size);
      };
      window.on('resize', onResize);
      return () => window.off('resize', onResize);
    },
    enter() {
      if (state !== 'outside') return;
      state = 'inside';
      setRaw(keyboard, true);
      screen.control(enterSequence(capabilities));
      stopWatching = watchLoss();
    },
    restore() {
      const before = state;
      state = 'over';
      stopWatching();
      stopWatching = () => {};
      if (before === 'inside') giveBack();
    },
    suspend() {
      if (state !== 'inside') return;
      state = 'suspended';
      giveBack();
    },
    resume() {
      // After a SIGSTOP that nobody could announce the shell has changed the terminal under us as well.
      if (state !== 'inside' && state !== 'suspended') return;
      const again = state === 'inside' && clock.monotonic() - resumedAt < RESUME_ONCE_MS;
      if (again) return;
      state = 'inside';
      resumedAt = clock.monotonic();
      takeAgain();
    },
  };
}

function readSize(window: Window): Size {
  try {
    const [columns, rows] = window.getWindowSize();
    return columns > 0 && rows > 0 ? { columns, rows } : FALLBACK;
  } catch {
    return FALLBACK;
  }
}

function setRaw(keyboard: Keyboard, on: boolean): void {
  try {
    keyboard.setRawMode(on);
  } catch {
    // The terminal is gone: there is nothing to set.
  }
}
