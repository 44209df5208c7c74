import type { Diagnosis } from '../diagnosis/types.ts';
import type { Scrub } from '../text/safe-text.ts';
import type { LogRecord } from './records.ts';
import type { TailLine } from './tail-file.ts';
import { atOf } from './times.ts';

/** Lines of output, with their line ends, for `watchtower logs`. It counts what it is told, for the last line. */
export interface LogPrinter {
  source(kind: string, path: string, state: string, why: string | null): string;
  line(path: string, line: TailLine): string;
  event(path: string, record: LogRecord, diagnosis: Diagnosis | null): { at: number; text: string };
  gap(path: string, bytes: number | null, why: string): string;
  rotated(path: string, how: string): string;
  end(): string;
}

const SHOWN = 500;

export function createLogPrinter(format: 'text' | 'json', scrub: Scrub): LogPrinter {
  const counts = { lines: 0, bytes: 0, events: 0, gaps: 0 };
  const json = format === 'json';
  const object = (value: object): string =>
    `${JSON.stringify(value).replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
  return {
    source: (kind, path, state, why) =>
      json
        ? object({ type: 'source', kind, path: scrub(path), state, why })
        : `# ${kind} ${scrub(path)}: ${state}${why === null ? '' : `, ${why}`}\n`,
    line(path, { text, offset }) {
      counts.lines += 1;
      counts.bytes += Buffer.byteLength(text) + 1;
      const safe = scrub(text);
      return json ? object({ type: 'line', path: scrub(path), offset, text: safe }) : `${safe}\n`;
    },
    event(path, record, diagnosis) {
      counts.events += 1;
      const { at, from } = atOf(record.time, Date.now());
      const text = scrub(record.lines[0] ?? '', SHOWN);
      const plain = `${new Date(at).toISOString()} ${record.level} ${diagnosis?.class ?? '-'}${diagnosis?.provider ? ` ${diagnosis.provider}` : ''} ${diagnosis?.text ?? text}\n`;
      if (!json) return { at, text: plain };
      const event = {
        type: 'event',
        at: new Date(at).toISOString(),
        atFrom: from,
        level: record.level,
        class: diagnosis?.class ?? null,
        family: diagnosis?.family ?? null,
        severity: diagnosis?.severity ?? null,
        confidence: diagnosis?.confidence ?? null,
        provider: diagnosis?.provider ?? null,
        model: diagnosis?.model ?? null,
        text: diagnosis?.text ?? text,
        lines: record.lines.length,
        count: 1,
        fingerprint: diagnosis?.fingerprint ?? null,
        path: scrub(path),
        offset: record.offset,
      };
      return { at, text: object(event) };
    },
    gap(path, bytes, why) {
      counts.gaps += 1;
      return json ? object({ type: 'gap', path: scrub(path), bytes, why }) : `# gap in ${scrub(path)}: ${why}\n`;
    },
    rotated: (path, how) =>
      json ? object({ type: 'rotated', path: scrub(path), how }) : `# rotated ${scrub(path)}: ${how}\n`,
    end: () => (json ? object({ type: 'end', ...counts }) : `# end: ${counts.events} events, ${counts.gaps} gaps\n`),
  };
}
