import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createDiagnose } from '../../../src/diagnosis/diagnose.ts';
import { maybeError } from '../../../src/diagnosis/gate.ts';
import type { Lines, LogRecord } from '../../../src/logs/records/assembler.ts';
import { createAssembler } from '../../../src/logs/records/assembler.ts';
import { createEventReader } from '../../../src/logs/records/event-reader.ts';
import type { Happening } from '../../../src/logs/records/happening.ts';

export const RELEASES = ['1.60.8', '1.74.9', '1.83.14', '1.95.1', '1.106.2'];
/** Noon, wherever the tests run: a time of day is that of the machine. */
export const NOW = new Date(2026, 10, 24, 12, 0, 0).getTime();
export const diagnose = createDiagnose();

export const lines = (text: string | Buffer, more: Partial<Lines> = {}): Lines => ({
  type: 'lines',
  bytes: Buffer.from(text),
  offset: 0,
  old: false,
  stream: '',
  stamp: null,
  ...more,
});

/** The records of a text, the gate as given. */
export function recordsOf(text: string, gate = maybeError, more: Partial<Lines> = {}): LogRecord[] {
  const records: LogRecord[] = [];
  const assembler = createAssembler({ gate, onRecord: (record) => records.push(record) });
  assembler.feed(lines(text, more), NOW, 0);
  assembler.flush();
  return records;
}

export interface Told extends Happening {
  again: boolean;
}

/** The events of a text, the repeats marked. */
export function eventsOf(text: string | Buffer, more: Partial<Lines> = {}): Told[] {
  return eventsOfBlocks([lines(text, more)]);
}

export function eventsOfBlocks(blocks: readonly Lines[]): Told[] {
  const events: Told[] = [];
  const reader = createEventReader({
    diagnose,
    gate: maybeError,
    isOwn: () => false,
    onEvent: (_, { record, failure, diagnosis }, again) => events.push({ record, failure, diagnosis, again }),
  });
  for (const block of blocks) reader.feed('log', block, NOW, 0);
  reader.flush();
  return events;
}

export const recorded = (name: string): string =>
  gunzipSync(readFileSync(`test/fixtures/logs/${name}.log.gz`)).toString();

/** What a release logged for each request of a recording; its own marks between them are taken out. */
export function sectionsOf(text: string): { request: string; log: string }[] {
  return text
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n');
      return { request: section.slice(0, end), log: section.slice(end + 1).replace(/^--- std(?:out|err)\n/gm, '') };
    });
}
