import { EventEmitter } from 'node:events';
import type { Screen, Size } from './screen.ts';

/** Cursor visibility, bracketed paste and the like: `openTerminal` owns these modes, whoever asks for them. */
const MODE_SWITCH = /^(?:\u001b\[\?\d+[hl])*$/;

/**
 * The stream that Ink writes to. Ink runs in its `debug` mode, which writes each update as one separate, whole frame;
 * comparing and sending is the screen's business, because only the screen knows what a pausing terminal has taken.
 */
export function createFrameStream(screen: Screen, size: () => Size): NodeJS.WriteStream {
  const events = new EventEmitter();
  events.setMaxListeners(0);
  const stream = Object.assign(events, {
    isTTY: true,
    writable: true,
    write(chunk: string | Uint8Array, encodingOrDone?: unknown, done?: unknown): boolean {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      if (!MODE_SWITCH.test(text)) screen.present(text);
      const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
      if (typeof callback === 'function') setImmediate(() => callback());
      return true;
    },
  });
  Object.defineProperty(stream, 'columns', { get: () => size().columns });
  Object.defineProperty(stream, 'rows', { get: () => size().rows });
  return stream as unknown as NodeJS.WriteStream;
}
