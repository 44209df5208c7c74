import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Where bytes for the terminal go. No call ever blocks. */
export interface Sink {
  /** Bytes of `data` taken, 0 when the terminal takes none now. Throws when the terminal is gone. */
  write(data: Uint8Array): number;
  /** False once the terminal has been taken away (a cut SSH link, a closed window). */
  alive(): boolean;
  close(): void;
}

const FULL = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/**
 * Opens the terminal behind descriptor 1 a second time, non-blocking. Node's own stream on a terminal blocks the event
 * loop while the reader pauses (Ctrl-S, tmux copy mode, a stalled SSH link), and with it every key and signal; setting
 * O_NONBLOCK on descriptor 1 itself would leak into the shell, which shares it. Where the device may not be opened anew
 * (after `su`), the controlling terminal is taken; where that fails too, descriptor 1 as it is.
 */
export function openTtySink(): Sink {
  const { descriptor, own } = openAnew();
  return {
    write(data) {
      try {
        return writeSync(descriptor, data);
      } catch (error) {
        if (FULL.has((error as NodeJS.ErrnoException).code ?? '')) return 0;
        throw error;
      }
    },
    alive: () => isatty(descriptor),
    close() {
      if (own) closeSync(descriptor);
    },
  };
}

function openAnew(): { descriptor: number; own: boolean } {
  const flags = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  for (const path of ['/proc/self/fd/1', '/dev/tty']) {
    try {
      return { descriptor: openSync(path, flags), own: true };
    } catch {
      // The next one.
    }
  }
  return { descriptor: 1, own: false };
}
