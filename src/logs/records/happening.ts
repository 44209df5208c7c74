import { bareDiagnosis } from '../../diagnosis/diagnose.ts';
import type { Diagnose, Diagnosis, DiagnosisInput } from '../../diagnosis/types.ts';
import { createBoundedMap } from '../bounded-map.ts';
import type { LogRecord } from './assembler.ts';
import { lettersOf } from './letters.ts';
import { subjectOf } from './subject.ts';
import { templateOf } from './template.ts';

/** What is the same of every record of one failure, whatever its ids, numbers and times. */
export interface Failure extends Pick<Diagnosis, 'class' | 'severity' | 'confidence' | 'fingerprint'> {
  /** The failure itself, whichever name of its model a record knows: its class and the letters of what was said. */
  said: string;
}

/** A record that means something. An error that nobody can explain is UNKNOWN; a null of the diagnosis is harmless at any level. */
export interface Happening {
  readonly record: LogRecord;
  readonly failure: Failure;
  /** Of this very record; of one more of a failure that is known it is made when it is asked for. */
  readonly diagnosis: Diagnosis;
}

export type Judge = (record: LogRecord, now: number) => Happening | null;

/** What is known of a template. */
interface Known {
  /** Null: its records are harmless. */
  failure: Failure | null;
  /** So many records had it. */
  times: number;
  /** False where two of them were not alike: each is diagnosed. */
  steady: boolean;
}

/** So many templates are remembered, and so many characters of them. */
const REMEMBERED = 2048;
const REMEMBERED_CHARS = 4 * 1024 * 1024;

/**
 * The one diagnosis function over records; `now` is wall clock, ms. A record whose template is known is the failure of the
 * records before it. Each second, fourth, eighth and so on of a template is diagnosed all the same: one that is judged
 * otherwise ends the trust in its template.
 */
export function createJudge(diagnose: Diagnose): Judge {
  const templates = createBoundedMap<string, Known>(REMEMBERED, REMEMBERED_CHARS, (_, key) => key.length);
  const judged = (input: DiagnosisInput): { failure: Failure | null; diagnosis: Diagnosis | null } => {
    const template = templateOf(input.text);
    const key = template === null ? null : `${input.level} ${diagnose.rulesOf?.(input) ?? ''} ${template}`;
    const known = key === null ? undefined : templates.get(key);
    if (known !== undefined) {
      known.times += 1;
      if (known.steady && !isPowerOfTwo(known.times)) return { failure: known.failure, diagnosis: null };
    }
    const diagnosis = diagnose(input);
    const failure = diagnosis === null ? null : failureOf(diagnosis);
    if (known !== undefined) known.steady &&= isAlike(known.failure, failure);
    else if (key !== null) templates.set(key, { failure, times: 1, steady: isWhole(diagnosis?.model ?? null, key) });
    return { failure, diagnosis };
  };
  return (record, now) => {
    const subject = subjectOf(record);
    if (subject === null) return null;
    const input: DiagnosisInput = { text: subject.text, source: 'log', level: subject.level, now };
    const { failure, diagnosis } = judged(input);
    // An access line tells a status and no cause: the record of the same request tells both.
    if (failure === null || (failure.confidence === 'low' && record.level === 'INFO')) return null;
    return new Told(record, failure, diagnosis, () => diagnose(input));
  };
}

const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0;

function failureOf({ class: name, severity, confidence, fingerprint, text }: Diagnosis): Failure {
  return { class: name, severity, confidence, fingerprint, said: `${name} ${lettersOf(text)}` };
}

function isAlike(one: Failure | null, other: Failure | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.class === other.class &&
    one.severity === other.severity &&
    one.confidence === other.confidence &&
    one.fingerprint === other.fingerprint
  );
}

/** A model of whose name something is left out is another one with each record. */
const isWhole = (model: string | null, key: string): boolean => model === null || key.includes(model);

class Told implements Happening {
  readonly record: LogRecord;
  readonly failure: Failure;
  private made: Diagnosis | null;
  private readonly diagnose: () => Diagnosis | null;

  constructor(record: LogRecord, failure: Failure, made: Diagnosis | null, diagnose: () => Diagnosis | null) {
    this.record = record;
    this.failure = failure;
    this.made = made;
    this.diagnose = diagnose;
  }

  get diagnosis(): Diagnosis {
    // Its template says that it failed; were that not so of it alone, there is nothing of its own to show.
    this.made ??= this.diagnose() ?? bareDiagnosis(this.failure);
    return this.made;
  }
}
