import { readRecord } from './record.ts';

const MAX_LINES = 200;
const JSON_OBJECT = /^(?:[\w.-]{1,64} {1,20}\| )?\{/;

/**
 * The records of a text that holds several of them, each with the lines that belong to it; the text alone where it is one.
 * A line begins a record where it says a level, or another program than the one before. JSON begins one only where the
 * first record is JSON as well: else it is what a record of plain text shows. Reads at most 200 lines; what follows belongs
 * to the last.
 */
export function splitRecords(text: string): string[] {
  if (!text.includes('\n')) return [text];
  const json = JSON_OBJECT.test(text);
  const parts: string[] = [];
  let process: string | null = null;
  let from = 0;
  let at = 0;
  for (let line = 0; line < MAX_LINES && at < text.length; line++) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    const start = text.slice(at, Math.min(stop, at + 400));
    const head = readRecord(start);
    // a record at DEBUG may show anything: a request with a log in it
    if (line === 0 && head.level === 'DEBUG') return [text];
    const own = json || !JSON_OBJECT.test(start);
    const begins = own && (head.level !== null || (head.process !== null && head.process !== process));
    process = head.process ?? process;
    if (begins && at > from) {
      parts.push(text.slice(from, at - 1));
      from = at;
    }
    at = stop + 1;
  }
  parts.push(text.slice(from));
  return parts;
}
