import { HELP_COLUMNS } from './help.ts';

/** Where a command prints. `write` resolves when the text is handed over; a reader that went away ends the program silently. */
export interface Io {
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
  /** True where standard output is a terminal that understands escapes. */
  terminal: boolean;
  /** How wide the help may be. */
  columns: number;
  /** Aborted by SIGINT or SIGTERM; the reason is the signal's name. */
  ending: AbortSignal;
}

const EXIT_OF_SIGNAL = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Exit code of a program that a signal ended, as shells count it. */
export function exitOfSignal(reason: unknown): number | null {
  return EXIT_OF_SIGNAL[reason as keyof typeof EXIT_OF_SIGNAL] ?? null;
}

/** The real streams. `| head` closes the pipe: that ends any command, with 0 and without a word. */
export function processIo(): Io {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort(signal));
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(0);
      throw error;
    });
  }
  const to = (stream: NodeJS.WriteStream) => (text: string) =>
    new Promise<void>((resolve) => {
      stream.write(text, () => resolve());
    });
  return {
    out: to(process.stdout),
    err: to(process.stderr),
    terminal: process.stdout.isTTY === true && process.env.TERM !== 'dumb',
    columns: process.stdout.isTTY ? process.stdout.columns : HELP_COLUMNS,
    ending: ending.signal,
  };
}
