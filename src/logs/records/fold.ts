import { createBoundedMap } from '../bounded-map.ts';
import type { Happening } from './happening.ts';

/** What a happening is to those before it: the first of its kind for a while, one more, or the same failure told again. */
type Folded = 'first' | 'again' | 'told';

/** Equal failures within this time after the last one are one event, ms. */
const FOLD_MS = 60_000;
/** The records of one failure come within this time, ms. */
export const PAIR_MS = 2_000;
const KEPT = 512;

export interface Folder {
  add(source: string, happening: Happening): Folded;
}

interface Telling {
  at: number;
  /** How often each form told it; the failure happened as often as the form that told it most. */
  counts: Map<string, number>;
  most: number;
}

/**
 * LiteLLM tells one failure up to three times: the router at INFO and again where fallbacks are configured, then the proxy;
 * 1.74.9 each of them through two handlers. It counts once. Bounded: what was quiet the longest is forgotten first.
 */
export function createFolder(): Folder {
  const folds = createBoundedMap<string, { lastAt: number; old: boolean }>(KEPT, KEPT, () => 1);
  const tellings = createBoundedMap<string, Telling>(KEPT, KEPT, () => 1);
  const toldBy = createKeys();
  const foldedBy = createKeys();

  const isTold = (source: string, happening: Happening): boolean => {
    const { at } = happening.record.time;
    const key = toldBy(source, happening.failure.said);
    const before = tellings.get(key);
    const fresh = before === undefined || Math.abs(at - before.at) > PAIR_MS;
    const telling: Telling = fresh ? { at, counts: new Map(), most: 0 } : before;
    telling.at = at;
    tellings.set(key, telling);
    const form = formOf(happening);
    const count = (telling.counts.get(form) ?? 0) + 1;
    telling.counts.set(form, count);
    if (count <= telling.most) return true;
    telling.most = count;
    return false;
  };

  return {
    add(source, happening) {
      const { record, failure } = happening;
      if (isTold(source, happening)) return 'told';
      const key = foldedBy(source, failure.fingerprint);
      const before = folds.get(key);
      folds.set(key, { lastAt: record.time.at, old: record.old });
      // Lines of several workers are out of order by a little, and clocks are set back.
      const near = before !== undefined && Math.abs(record.time.at - before.lastAt) <= FOLD_MS;
      return near && before.old === record.old ? 'again' : 'first';
    },
  };
}

/** Two words as one key; in a storm it is the one before, whose hash is known. */
function createKeys(): (one: string, other: string) => string {
  let last = { one: '', other: '', key: ' ' };
  return (one, other) => {
    if (last.one !== one || last.other !== other) last = { one, other, key: `${one} ${other}` };
    return last.key;
  };
}

const ROUTER = /^litellm\.a?\w{1,40}\(model=/;
const FALLBACKS = /^litellm\.router\.py::/;

/** Who tells it, and through which handler. */
function formOf({ record }: Happening): string {
  if (!record.headed) return 'bare';
  const message = record.text.slice(record.messageAt, record.messageAt + 80);
  const teller = ROUTER.test(message) ? 'router' : FALLBACKS.test(message) ? 'fallbacks' : 'proxy';
  return `${teller} ${/^[A-Z]{4,8}:\w/.test(record.text) ? 'logging' : 'own'}`;
}

/**
 * True for what LiteLLM writes on the way to the record of a failure, which knows more: the router's line at INFO and that of
 * its fallbacks, and a bare traceback, which 1.60.8 prints before.
 */
export function isForerunner({ record }: Happening): boolean {
  if (!record.headed) return true;
  const message = record.text.slice(record.messageAt, record.messageAt + 80);
  return (record.level === 'INFO' && ROUTER.test(message)) || FALLBACKS.test(message);
}
