import type { Gate } from '../../diagnosis/gate.ts';
import type { Diagnose } from '../../diagnosis/types.ts';
import { accessOf } from './access-line.ts';
import { type Assembler, createAssembler, type Lines, type LogRecord } from './assembler.ts';
import { createFolder, isForerunner, PAIR_MS } from './fold.ts';
import { createJudge, type Happening } from './happening.ts';
import type { OwnProbes } from './own.ts';
import { createTrafficMeter, type Traffic } from './traffic.ts';
import { createTwins } from './twins.ts';

/** So many of them wait at most. */
const WAITING = 64;

interface Waiting {
  source: string;
  happening: Happening;
  /** Monotonic, ms. */
  since: number;
}

export interface EventReader {
  /** A source whose lines will come: what several sources carry counts once from then on. */
  open(source: string): void;
  /** Ends what is open of a source that is left. */
  close(source: string): void;
  /** `received` is wall clock, `now` monotonic, ms. Lines of one source in their order. */
  feed(source: string, item: Lines, received: number, now: number): void;
  /** Ends records that have waited long enough. */
  settle(now: number): void;
  /** Ends what is open, of one source or of all. */
  flush(source?: string): void;
  traffic(now: number): Traffic | null;
  /** True once a request stood in the log, ours too: then a log without any is silent (`logSilence`). */
  accessSeen(): boolean;
}

export interface EventReaderTools {
  diagnose: Diagnose;
  gate: Gate;
  /** True for a record that our own question caused: it is evidence of nothing. */
  isOwn(record: LogRecord): boolean;
  /** What our own questions carry; their lines are no traffic and no evidence. */
  own?: OwnProbes;
  /**
   * `again`: one more of an event that was told within the last minute, in the same log. Sources that carry the same lines
   * are one log, which has the name of one of them.
   */
  onEvent(source: string, happening: Happening, again: boolean, log: string): void;
}

/** From lines to events: records put together, judged by the one diagnosis function, equal ones folded. */
export function createEventReader({ diagnose, gate, isOwn, own, onEvent }: EventReaderTools): EventReader {
  const assemblers = new Map<string, Assembler>();
  const judge = createJudge(diagnose);
  const folder = createFolder();
  const meter = createTrafficMeter();
  const records = createTwins();
  const requests = createTwins();
  let received = 0;
  let now = 0;

  /** What LiteLLM writes on the way to a failure's record waits for it. */
  let waiting: Waiting[] = [];
  /** Nothing came for a while: nothing follows either. */
  let quiet = false;
  let accessSeen = false;
  const tell = (source: string, happening: Happening): void => {
    const log = records.logOf(source);
    const folded = folder.add(log, happening);
    if (folded !== 'told') onEvent(source, happening, folded === 'again', log);
  };
  const meet = (source: string, happening: Happening): void => {
    const { at } = happening.record.time;
    release((one) => isOneLog(one.source, source) && at - one.happening.record.time.at > PAIR_MS);
    if (!quiet && isForerunner(happening)) {
      if (waiting.length >= WAITING) release((one) => one === waiting[0]);
      waiting.push({ source, happening, since: now });
      return;
    }
    const { said } = happening.failure;
    const ahead = waiting.findIndex((one) => isOneLog(one.source, source) && one.happening.failure.said === said);
    if (ahead >= 0) waiting.splice(ahead, 1);
    tell(source, happening);
  };
  const isOneLog = (one: string, other: string): boolean => records.logOf(one) === records.logOf(other);
  const release = (which: (one: (typeof waiting)[number]) => boolean): void => {
    if (waiting.length === 0) return;
    const due = waiting.filter(which);
    if (due.length === 0) return;
    waiting = waiting.filter((one) => !due.includes(one));
    for (const one of due) tell(one.source, one.happening);
  };

  /** A text counts without what a journal or composer wrote before it, which another source has otherwise. */
  const isTwin = (source: string, { text, headed, messageAt, time }: LogRecord): boolean =>
    assemblers.size > 1 && records.isTwin(source, headed ? text : text.slice(messageAt), time.at);

  const assemblerOf = (source: string): Assembler => {
    const found = assemblers.get(source);
    if (found !== undefined) return found;
    const made = createAssembler({
      gate,
      onRecord(record) {
        if (isOwn(record) || own?.isOwnRecord(record, now)) return;
        const happening = judge(record, received);
        if (happening !== null && !isTwin(source, record)) meet(source, happening);
      },
      onLine(bytes, start, end) {
        const access = accessOf(bytes, start, end);
        if (access === null) return;
        accessSeen = true;
        if (own?.isOwnAccess(access, bytes, now)) return;
        const twin =
          assemblers.size > 1 && requests.isTwin(source, bytes.toString('latin1', access.client[0], end), now);
        if (!twin) meter.count(access, now);
      },
    });
    assemblers.set(source, made);
    return made;
  };

  const flush = (source?: string): void => {
    for (const [path, one] of assemblers) if (source === undefined || path === source) one.flush();
    release((one) => source === undefined || one.source === source);
  };

  return {
    open(source) {
      assemblerOf(source);
    },
    close(source) {
      flush(source);
      assemblers.delete(source);
    },
    feed(source, item, at, monotonic) {
      received = at;
      now = monotonic;
      assemblerOf(source).feed(item, at, monotonic);
    },
    settle(monotonic) {
      quiet = true;
      for (const one of assemblers.values()) one.settle(monotonic);
      quiet = false;
      release((one) => monotonic - one.since > PAIR_MS);
    },
    flush,
    traffic: (monotonic) => meter.figures(monotonic),
    accessSeen: () => accessSeen,
  };
}
