import type { EndSignal } from './leave-reason.ts';

type Listener = (value: unknown) => void;

/** The part of `process` that is used. */
export interface SignalSource {
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
  readonly pid: number;
  kill(pid: number, signal: 'SIGTSTP'): unknown;
}

export interface SignalHandlers {
  end(signal: EndSignal): void;
  /** An uncaught exception or a rejection that nobody handles. */
  failed(error: unknown): void;
  /** The shell wants its terminal back (Ctrl-Z, `kill -TSTP`); this process stops when it returns. */
  suspend(): void;
  /** Called when it runs again, perhaps twice. */
  resume(): void;
}

const END_SIGNALS: readonly EndSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Takes over every way in which the outside or a bug ends or stops the process. SIGUSR1 gets a listener that does
 * nothing: without one Node opens its inspector, and with it our memory and the key, to any user of this machine.
 */
export function installSignals(source: SignalSource, handlers: SignalHandlers): () => void {
  const stop = (): void => {
    handlers.suspend();
    // The default action stops us, and does nothing where no shell could ever continue us (`ssh -t host watchtower`).
    source.off('SIGTSTP', stop);
    source.kill(source.pid, 'SIGTSTP');
    source.on('SIGTSTP', stop);
    handlers.resume();
  };
  const listeners: [string, Listener][] = [
    ...END_SIGNALS.map((signal): [string, Listener] => [signal, () => handlers.end(signal)]),
    ['SIGTSTP', stop],
    ['SIGCONT', () => handlers.resume()],
    ['SIGUSR1', () => {}],
    ['uncaughtException', (error) => handlers.failed(error)],
    ['unhandledRejection', (error) => handlers.failed(error)],
  ];
  for (const [event, listener] of listeners) source.on(event, listener);
  return () => {
    for (const [event, listener] of listeners) source.off(event, listener);
  };
}
