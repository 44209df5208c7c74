export type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** How PostgreSQL names its levels in other languages (catalogues of release 15). */
const LOCAL: readonly (readonly [word: string, level: Level])[] = [
  ['FEHLER', 'ERROR'],
  ['PANIK', 'CRITICAL'],
  ['ERREUR', 'ERROR'],
  ['ERRORE', 'ERROR'],
  ['FATALE', 'CRITICAL'],
  ['FEL', 'ERROR'],
  ['FATALT', 'CRITICAL'],
  ['LOGG', 'INFO'],
  ['ОШИБКА', 'ERROR'],
  ['ВАЖНО', 'CRITICAL'],
  ['ПАНИКА', 'CRITICAL'],
  ['СООБЩЕНИЕ', 'INFO'],
  ['ПОМИЛКА', 'ERROR'],
  ['ФАТАЛЬНО', 'CRITICAL'],
  ['ЗАПИСУВАННЯ', 'INFO'],
  ['错误', 'ERROR'],
  ['致命错误', 'CRITICAL'],
  ['日志', 'INFO'],
  ['오류', 'ERROR'],
  ['치명적오류', 'CRITICAL'],
  ['로그', 'INFO'],
];
/** The same as alternatives of an expression. */
export const LOCAL_LEVELS = LOCAL.map(([word]) => word).join('|');

const LEVELS = new Map<string, Level>([
  ['TRACE', 'DEBUG'],
  ['DEBUG', 'DEBUG'],
  ['QUERY', 'DEBUG'],
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
  ...LOCAL,
]);

/** The level that a word means, whatever logger wrote it; null when it is none. */
export function readLevel(word: string | null | undefined): Level | null {
  return word ? (LEVELS.get(word) ?? LEVELS.get(word.toUpperCase()) ?? null) : null;
}
