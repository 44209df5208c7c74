/** Writes records as container engines do. */
export const docker = (log: string, stream = 'stdout', time = TIME): string =>
  `${JSON.stringify({ log, stream, time }).replace(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`)}\n`;

export const cri = (text: string, tag: 'P' | 'F' = 'F', stream = 'stdout', time = TIME): string =>
  `${time} ${stream} ${tag} ${text}\n`;

const TIME = '2026-11-24T08:14:02.123456789Z';
export const AT = Date.UTC(2026, 10, 24, 8, 14, 2, 123);
/** Where Docker splits a line, in bytes. */
export const SPLIT = 16 * 1024;
