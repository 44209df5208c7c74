import type { Diagnose, Diagnosis } from '../../diagnosis/types.ts';
import type { LogRecord } from './assembler.ts';

/** A record that means something. An error that nobody can explain is UNKNOWN; a null of the diagnosis is harmless at any level. */
export interface Happening {
  record: LogRecord;
  diagnosis: Diagnosis;
}

export type Judge = (record: LogRecord, now: number) => Happening | null;

/** The same words again need no second reading: so many of them are remembered. */
const REMEMBERED = 512;
const REMEMBERED_CHARS = 16 * 1024;
/** 1.106.2 puts the id of the call into the record of its failure. */
const CALL_ID = /litellm_call_id=[0-9a-f-]{36}/g;

/** The one diagnosis function over records; `now` is wall clock, ms. */
export function createJudge(diagnose: Diagnose): Judge {
  const known = new Map<string, Diagnosis | null>();
  const diagnosisOf = (record: LogRecord, now: number): Diagnosis | null => {
    const words = `${record.level} ${record.text.slice(record.messageAt).replace(CALL_ID, '')}`;
    const before = known.get(words);
    if (before !== undefined) return before;
    const found = diagnose({ text: record.text, source: 'log', level: record.headed ? record.level : null, now });
    // A time that is counted from now is another one with each record.
    if (found?.resetAt == null && words.length <= REMEMBERED_CHARS) {
      known.set(words, found);
      if (known.size > REMEMBERED) known.delete(known.keys().next().value as string);
    }
    return found;
  };
  return (record, now) => {
    const diagnosis = diagnosisOf(record, now);
    // An access line tells a status and no cause: the record of the same request tells both.
    if (diagnosis === null || (diagnosis.confidence === 'low' && record.level === 'INFO')) return null;
    return { record, diagnosis };
  };
}
