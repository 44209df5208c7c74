/** Why a full-screen face ends. */
export type LeaveReason =
  | { kind: 'quit' }
  | { kind: 'signal'; signal: EndSignal }
  /** The terminal was taken away: nobody is left to read anything. */
  | { kind: 'lost' }
  | { kind: 'failed'; error: unknown };

export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT';

const SIGNAL_CODES: Record<EndSignal, number> = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 };
const INTERNAL_ERROR = 3;

/** The exit code: 0 on `q`, 128 + the signal's number, 129 where the terminal is gone, 3 on an internal error. */
export function exitCodeOf(reason: LeaveReason): number {
  if (reason.kind === 'quit') return 0;
  if (reason.kind === 'signal') return SIGNAL_CODES[reason.signal];
  return reason.kind === 'lost' ? SIGNAL_CODES.SIGHUP : INTERNAL_ERROR;
}
