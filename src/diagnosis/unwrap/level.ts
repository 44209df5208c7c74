export type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

const LEVELS = new Map<string, Level>([
  ['TRACE', 'DEBUG'],
  ['DEBUG', 'DEBUG'],
  ['INFO', 'INFO'],
  ['NOTICE', 'INFO'],
  ['LOG', 'INFO'],
  ['INFORMATION', 'INFO'],
  ['WARN', 'WARNING'],
  ['WARNING', 'WARNING'],
  ['ERR', 'ERROR'],
  ['ERROR', 'ERROR'],
  ['SEVERE', 'ERROR'],
  ['CRIT', 'CRITICAL'],
  ['CRITICAL', 'CRITICAL'],
  ['FATAL', 'CRITICAL'],
  ['ALERT', 'CRITICAL'],
  ['EMERG', 'CRITICAL'],
  ['PANIC', 'CRITICAL'],
]);

/** The level that a word means, whatever logger wrote it; null when it is none. */
export function readLevel(word: string | null | undefined): Level | null {
  return word ? (LEVELS.get(word) ?? LEVELS.get(word.toUpperCase()) ?? null) : null;
}
