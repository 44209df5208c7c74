import type { Clock } from '../clock.ts';
import { toAscii } from './ascii.ts';
import { encodeFrame, type Frame, toFrame } from './frame-diff.ts';
import { BEGIN_UPDATE, END_UPDATE } from './sequences.ts';
import type { Sink } from './tty-sink.ts';

export interface Size {
  columns: number;
  rows: number;
}

/** The picture on the terminal: takes whole frames, sends what differs, never waits for the reader. */
export interface Screen {
  /** Shows the text of a whole frame, lines by LF, SGR sequences allowed. While the reader pauses only the last counts. */
  present(text: string): void;
  resize(size: Size): void;
  /** Sends the present frame whole: what the terminal shows is not known any more. */
  repaint(): void;
  /** Sends these bytes before anything else that is not under way already. */
  control(sequence: string): void;
  /** While held, frames are kept and nothing is sent. */
  hold(): void;
  release(): void;
  /** True while bytes wait for the reader. */
  pending(): boolean;
  /** Tries for at most `ms` to hand over what waits, without the event loop. */
  drain(ms: number): boolean;
  readonly stats: { frames: number; bytes: number; dropped: number };
}

export interface ScreenDeps {
  sink: Sink;
  clock: Clock;
  size: Size;
  /** Wrap larger frames in a synchronised update. */
  synchronized: boolean;
  /** Send ASCII only. */
  ascii: boolean;
  /** The terminal is gone; called once. */
  onLost(error: Error): void;
}

/** A change of this size or less is taken by the terminal in one piece anyhow. */
const SMALL_FRAME_BYTES = 256;
const FIRST_RETRY_MS = 2;
const LAST_RETRY_MS = 100;
const NOTHING = new Uint8Array(0);

/**
 * One frame is one write. Where the terminal takes only a part, the rest goes out before anything else, so that no
 * escape sequence is ever cut; frames that come meanwhile replace each other, and the last is then compared with what
 * the terminal really got.
 */
export function createScreen({ sink, clock, size, synchronized, ascii, onLost }: ScreenDeps): Screen {
  let current = size;
  let wanted: string | null = null;
  let shown: Frame | null = null;
  let shownText: string | null = null;
  let rest: Uint8Array = NOTHING;
  let controls = '';
  let held = false;
  let lost = false;
  let retryMs = FIRST_RETRY_MS;
  let cancelRetry: (() => void) | null = null;
  const stats = { frames: 0, bytes: 0, dropped: 0 };

  /** True when everything is with the terminal. */
  function send(): boolean {
    while (!lost) {
      if (rest.length === 0 && !encodeNext()) return true;
      if (!writeRest()) return false;
    }
    return true;
  }

  function encodeNext(): boolean {
    const before = controls;
    controls = '';
    const frame = nextFrame();
    if (before === '' && frame === '') return false;
    rest = Buffer.from(before + frame, 'utf8');
    return true;
  }

  function nextFrame(): string {
    if (held || wanted === null || wanted === shownText) return '';
    const next = toFrame(wanted, current.columns, current.rows);
    const bytes = encodeFrame(shown, next);
    shown = next;
    shownText = wanted;
    if (bytes === '') return '';
    stats.frames++;
    return synchronized && bytes.length > SMALL_FRAME_BYTES ? BEGIN_UPDATE + bytes + END_UPDATE : bytes;
  }

  function writeRest(): boolean {
    try {
      const taken = sink.write(rest);
      stats.bytes += taken;
      rest = rest.subarray(taken);
      if (taken > 0) retryMs = FIRST_RETRY_MS;
      return rest.length === 0;
    } catch (error) {
      lost = true;
      rest = NOTHING;
      onLost(error as Error);
      return false;
    }
  }

  function flush(): void {
    if (cancelRetry !== null || send() || lost) return;
    cancelRetry = clock.after(retryMs, () => {
      cancelRetry = null;
      flush();
    });
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }

  function forget(): void {
    shown = null;
    shownText = null;
  }

  return {
    present(text) {
      if (rest.length > 0 && wanted !== shownText) stats.dropped++;
      wanted = ascii ? toAscii(text) : text;
      flush();
    },
    resize(next) {
      if (next.columns === current.columns && next.rows === current.rows) return;
      current = next;
      forget();
      wanted = null;
    },
    repaint() {
      forget();
      flush();
    },
    control(sequence) {
      controls += sequence;
      flush();
    },
    hold() {
      held = true;
    },
    release() {
      held = false;
      forget();
      flush();
    },
    pending: () => rest.length > 0 || controls !== '',
    drain(ms) {
      const end = clock.monotonic() + ms;
      while (!lost && !send()) {
        if (clock.monotonic() >= end) return false;
        pause(5);
      }
      return !lost;
    },
    stats,
  };
}

const nap = new Int32Array(new SharedArrayBuffer(4));

function pause(ms: number): void {
  Atomics.wait(nap, 0, 0, ms);
}
