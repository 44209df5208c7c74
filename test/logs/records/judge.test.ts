import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDiagnose } from '../../../src/diagnosis/diagnose.ts';
import type { Diagnosis, DiagnosisInput } from '../../../src/diagnosis/types.ts';
import { createJudge, type Failure, type Happening } from '../../../src/logs/records/happening.ts';
import type { LogRecord } from '../../../src/logs/records/open-record.ts';
import { templateOf } from '../../../src/logs/records/template.ts';
import { createScrub } from '../../../src/text/scrub.ts';
import { turns } from '../../support/turns.ts';
import { diagnose, NOW, recordsOf } from './reading.ts';

const FOLDER = 'test/fixtures/diagnosis';
const TEXTS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(`${FOLDER}/${name}`, 'utf8').trim().split('\n'))
  .map((line) => (JSON.parse(line) as { text: string }).text);

const recordOf = (text: string, level: LogRecord['level'] = 'ERROR'): LogRecord => ({
  text,
  level,
  headed: true,
  logger: null,
  pid: null,
  messageAt: 0,
  time: { at: NOW, from: 'received' },
  lines: 1,
  offset: 0,
  old: false,
});

/** The same numbers each time, so that what fails once fails again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Makes ids and numbers, no two alike. */
function createVary(seed: number) {
  const roll = dice(seed);
  const of = (signs: string, length: number) => Array.from({ length }, () => signs[roll(signs.length)]).join('');
  const uuid = () => [8, 4, 4, 4, 12].map((length) => of(HEX, length)).join('-');
  const ids = [
    uuid,
    () => `req_${of(DIGITS + LETTERS, 24)}`,
    () => `org-${of(DIGITS + LETTERS, 24)}`,
    () => `sk-${of(DIGITS + LETTERS, 32)}`,
    () => of(DIGITS + LETTERS, 20),
    () => of(HEX, 16),
    () => of(DIGITS, 5),
    () => of(DIGITS, 10),
    () => `${of(DIGITS, 2)}.${of(DIGITS, 3)}s`,
    () => `$${of(DIGITS, 4)}.${of(DIGITS, 2)}`,
    () => `2026-11-${10 + roll(20)}T${10 + roll(14)}:${10 + roll(50)}:${10 + roll(50)}.${of(DIGITS, 6)}Z`,
    () => `0x7f${of(HEX, 10)}`,
    () => `10.4.0.9:${of(DIGITS, 5)}`,
  ];
  return {
    roll,
    id: () => ids[roll(ids.length)] as () => string,
    /** A text with other ids and numbers in it. */
    text: (text: string): string =>
      text
        .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, uuid)
        .replace(/\b(?=[a-f]*\d)[0-9a-f]{8,}\b/g, (found) => (/^\d+$/.test(found) ? found : of(HEX, found.length)))
        .replace(/\b(req|org|user|chatcmpl|msg)([-_])(\w{6,})/g, (_, name, sign, rest) =>
          [name, sign, of(DIGITS + LETTERS, rest.length)].join(''),
        )
        .replace(/\d{2,}/g, (found) => (roll(3) === 0 ? found : of('123456789', 1) + of(DIGITS, found.length - 1))),
  };
}

const verdictOf = (found: Failure | Diagnosis | null) =>
  found === null ? null : [found.class, found.severity, found.confidence, found.fingerprint];

/** A judge whose diagnoses are counted, and what it says of records of which each is diagnosed alone as well. */
function createWitness(alone = diagnose) {
  const templates = new Map<string, string>();
  let asked = 0;
  let spared = 0;
  const counted = Object.assign((input: DiagnosisInput) => {
    asked += 1;
    return alone(input);
  }, alone);
  const judge = createJudge(counted);
  return {
    /** Records that were not diagnosed. */
    spared: () => spared,
    meet(record: LogRecord): Happening | null {
      const before = asked;
      const happening = judge(record, NOW);
      if (asked === before) spared += 1;
      const wanted = alone({ text: record.text, source: 'log', level: record.level, now: NOW });
      expect(verdictOf(happening?.failure ?? null), record.text).toEqual(verdictOf(wanted));
      expect(happening?.diagnosis ?? null, record.text).toEqual(wanted);
      return happening;
    },
    /** Whether a record with the same template came before; that one must have been the same failure. */
    compare({ text, level }: LogRecord): boolean {
      const template = templateOf(text);
      const found = alone({ text, source: 'log', level, now: NOW });
      if (template === null || (found !== null && found.model !== null && !template.includes(found.model)))
        return false;
      const known = templates.get(template);
      const verdict = JSON.stringify([verdictOf(found), found?.provider, found?.model]);
      if (known !== undefined) expect(verdict, text).toBe(known);
      templates.set(template, verdict);
      return known !== undefined;
    },
  };
}

/** How often each text comes: the third and the fifth of a template are spared a diagnosis, the second and fourth are not. */
const TIMES = turns({ quick: 3, thorough: 5, full: 20 });

describe('a record whose template is known is judged as it is alone', () => {
  const varied = function* (seed: number): Generator<LogRecord> {
    const vary = createVary(seed);
    for (const text of TEXTS) for (let time = 0; time < TIMES; time += 1) yield recordOf(vary.text(text));
  };
  const filled = function* (seed: number): Generator<LogRecord> {
    const vary = createVary(seed);
    for (const text of TEXTS) {
      const id = vary.id();
      const places = [...text.matchAll(/(?<=[\s"'({:=,])|(?=[\s"')},])/g)].map(({ index }) => index);
      const at = places[vary.roll(places.length)] ?? 0;
      for (let time = 0; time < TIMES; time += 1) yield recordOf(`${text.slice(0, at)}${id()} ${text.slice(at)}`);
    }
  };

  it.each([
    ['its ids and numbers varied', varied],
    ['an id put anywhere in it', filled],
  ])('with %s', (_, records) => {
    const witness = createWitness();
    const templates = new Map<string, number>();
    for (const record of records(1)) {
      witness.meet(record);
      const template = templateOf(record.text);
      if (template !== null) templates.set(template, (templates.get(template) ?? 0) + 1);
    }
    expect(witness.spared()).toBeGreaterThan(TEXTS.length / 6);
    // one that comes for the third time is diagnosed no more
    const thrice = [...templates.values()].filter((times) => times > 2).length;
    expect(witness.spared()).toBeGreaterThan(thrice * 0.95);
  });

  it.each([
    ['its ids and numbers varied', varied],
    ['an id put anywhere in it', filled],
  ])('with %s, without any second look', (_, records) => {
    const witness = createWitness();
    let alike = 0;
    for (const record of records(2)) alike += witness.compare(record) ? 1 : 0;
    expect(alike).toBeGreaterThan(TEXTS.length / 3);
  });
});

const LIMITED = (id: string, used: number, wait: string) =>
  `08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - litellm.RateLimitError: RateLimitError: OpenAIException - Rate limit reached for gpt-4o in organization ${id}: Limit 30000, Used ${used}. Please try again in ${wait}.`;

describe('one more of a known failure', () => {
  const storm = (
    told: (index: number) => string,
    diagnosing = diagnose,
  ): { happenings: Happening[]; asked: number } => {
    let asked = 0;
    const judge = createJudge((input) => {
      asked += 1;
      return diagnosing(input);
    });
    const happenings = Array.from({ length: 100 }, (_, index) => {
      const [record] = recordsOf(`${told(index)}\n`);
      return judge(record as LogRecord, NOW) as Happening;
    });
    return { happenings, asked };
  };

  it('is not diagnosed until somebody asks', () => {
    const { asked } = storm((index) => LIMITED(`org-${1_000 + index}`, 20_000 + index, '3.446s'));
    expect(asked).toBe(7);
  });

  it('shows its own ids, numbers and wait', () => {
    const { happenings } = storm((index) => LIMITED(`org-${1_000 + index}`, 20_000 + index, `${3 + (index % 3) / 8}s`));
    const last = happenings[98] as Happening;
    expect(last.diagnosis.text).toContain('org-1098');
    expect(last.diagnosis.text).toContain('Used 20098');
    expect(last.diagnosis.retryAfterS).toBe(3.25);
    expect(last.failure.fingerprint).toBe((happenings[0] as Happening).failure.fingerprint);
  });

  it('hides a secret that stands where an id stood', () => {
    const scrub = createScrub(['7f3a2b1c99f0aa17']);
    const { happenings } = storm(
      (index) => LIMITED(index === 97 ? '7f3a2b1c99f0aa17' : `8f3a2b1c99f0${1_000 + index}`, 20_000, '3.446s'),
      createDiagnose({ scrub }),
    );
    expect((happenings[96] as Happening).diagnosis.text).toContain('8f3a2b1c99f01096');
    expect((happenings[97] as Happening).diagnosis.text).not.toContain('7f3a2b1c99f0aa17');
  });

  it('is diagnosed each time where its name is that of a model', () => {
    const told = (index: number) =>
      `08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - litellm.NotFoundError: OpenAIException - model \`${10_000 + index}\` does not exist`;
    const { happenings, asked } = storm(told);
    expect(asked).toBe(100);
    expect((happenings[99] as Happening).diagnosis.model).toBe('10099');
  });

  it('is diagnosed each time once a record of its template was another failure', () => {
    const { happenings, asked } = storm(
      (index) => LIMITED(`org-${1_000 + index}`, 20_000, '3.446s'),
      (input) => {
        const found = diagnose(input) as Diagnosis;
        return input.text.includes('org-1001') ? { ...found, class: 'BUDGET' } : found;
      },
    );
    expect(asked).toBe(100);
    expect((happenings[1] as Happening).failure.class).toBe('BUDGET');
  });

  it('shows nothing of its own where it would be harmless alone', () => {
    const { happenings } = storm(
      (index) => LIMITED(`org-${1_000 + index}`, 20_000, '3.446s'),
      (input) => (input.text.includes('org-1098') ? null : diagnose(input)),
    );
    const { diagnosis, failure } = happenings[98] as Happening;
    expect(verdictOf(diagnosis)).toEqual(verdictOf(failure));
    expect(diagnosis.text).not.toContain('org-');
    expect(diagnosis.fix).toContain('the provider');
  });

  it("is what the user's rules make of it alone", () => {
    const ignore = [{ match: 'org-1050', kind: 'words' as const, source: null }];
    const rules = [
      {
        match: 'org-1060',
        kind: 'words' as const,
        source: null,
        class: 'MINE',
        severity: 'crit' as const,
        fix: null,
        url: null,
        priority: 'before' as const,
      },
    ];
    const witness = createWitness(createDiagnose({ ignore, rules }));
    const classes = Array.from({ length: 100 }, (_, index) => {
      const happening = witness.meet(recordOf(LIMITED(`org-${1_000 + index}`, 20_000, '3.446s')));
      return happening?.failure.class ?? null;
    });
    expect(classes[50]).toBeNull();
    expect(classes[60]).toBe('MINE');
    expect(classes.filter((name) => name === 'RATE_LIMIT')).toHaveLength(98);
    expect(witness.spared()).toBeGreaterThan(80);
  });
});
