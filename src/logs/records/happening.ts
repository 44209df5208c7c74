import type { Diagnose, Diagnosis } from '../../diagnosis/types.ts';
import type { LogRecord } from './assembler.ts';
import { subjectOf, wordsOf } from './subject.ts';

/** A record that means something. An error that nobody can explain is UNKNOWN; a null of the diagnosis is harmless at any level. */
export interface Happening {
  record: LogRecord;
  diagnosis: Diagnosis;
}

export type Judge = (record: LogRecord, now: number) => Happening | null;

/** The same words again need no second reading: so many of them are remembered, and so many characters of them. */
const REMEMBERED = 512;
const REMEMBERED_CHARS = 4 * 1024 * 1024;
const LONGEST_CHARS = 16 * 1024;
/** Ids that another record of the same failure has otherwise: of calls, requests and objects. */
const IDS =
  /\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?:req|request|chatcmpl|msg|gen|resp|call)[-_][\w-]{8,64}|0x[0-9a-f]{6,16})\b/g;

/** The one diagnosis function over records; `now` is wall clock, ms. */
export function createJudge(diagnose: Diagnose): Judge {
  const known = new Map<string, Diagnosis | null>();
  let chars = 0;
  const remember = (words: string, found: Diagnosis | null): void => {
    if (words.length > LONGEST_CHARS) return;
    known.set(words, found);
    chars += words.length;
    while (known.size > REMEMBERED || chars > REMEMBERED_CHARS) {
      const oldest = known.keys().next().value as string;
      known.delete(oldest);
      chars -= oldest.length;
    }
  };
  const diagnosisOf = (record: LogRecord, now: number): Diagnosis | null => {
    const subject = subjectOf(record);
    if (subject === null) return null;
    const { text, level } = subject;
    const head = level !== null && record.text.length === text.length ? record.messageAt : 0;
    const all = wordsOf(head === 0 ? text : text.slice(head));
    const ids = all.match(IDS);
    const words = `${level ?? '-'} ${ids === null ? all : all.replace(IDS, '')}`;
    const before = known.get(words);
    if (before !== undefined) return before;
    const found = diagnose({ text, source: 'log', level, now });
    // A time that is counted from now, or an id that is shown, is another one with each record.
    if (found === null || (found.resetAt === null && !shows(found, ids))) remember(words, found);
    return found;
  };
  return (record, now) => {
    const diagnosis = diagnosisOf(record, now);
    // An access line tells a status and no cause: the record of the same request tells both.
    if (diagnosis === null || (diagnosis.confidence === 'low' && record.level === 'INFO')) return null;
    return { record, diagnosis };
  };
}

function shows({ text, entity, model }: Diagnosis, ids: readonly string[] | null): boolean {
  return ids?.some((id) => text.includes(id) || entity?.includes(id) || model?.includes(id)) ?? false;
}
