import { hash } from 'node:crypto';

/** What two sources tell of one happening lies so close together, ms: the journal's time has milliseconds, a line's has not. */
const TWIN_MS = 5_000;
/**
 * A time without a zone, or without a date, is wrong by whole quarters of an hour: that is no difference. What happens again
 * after a quarter of an hour is another happening all the same, for it is told again by the source that told it.
 */
const ROUND_MS = 900_000;
const SLOTS = ROUND_MS / TWIN_MS;
/** So many different tellings are remembered; what was told first is forgotten first. */
const KEPT = 4_096;
/** A text is known by so much of its beginning: journald drops blank lines and cuts long ones, a record ends at 200 lines. */
const KNOWN_CHARS = 2_048;
/** A text that is no longer, such as an access line, is its own key: that costs a tenth of a hash. */
const SHORT_CHARS = 160;

/** How often each source told one text within a slot of time: it happened as often as the source that told it most. */
interface Telling {
  slot: number;
  words: string;
  /** In the order in which they told it first, and how often each did. */
  sources: string[];
  counts: number[];
  most: number;
}

/** Finds what reaches us twice because two sources carry the same lines, such as a file and the journal. */
export interface Twins {
  /**
   * True where another source told the same before: the same text at the same time, once for each telling. The same text
   * twice from one source happened twice. `at` is wall clock or monotonic, ms, but always the same one.
   */
  isTwin(source: string, text: string, at: number): boolean;
  /** Which sources are one log: the name of the one that was met first among those that told the same. */
  logOf(source: string): string;
}

/** Memory and time are bounded whatever comes: one small entry for each text and slot, at most 4,096 of them. */
export function createTwins(): Twins {
  /** Of each slot, by their words: a text that is looked for in several slots is hashed once. */
  const slots = new Map<number, Map<string, Telling>>();
  /** All of them, as a ring: the next one takes the place of the one that was told first. */
  const ring: Telling[] = [];
  let next = 0;
  const logs = new Map<string, string>();

  const logOf = (source: string): string => logs.get(source) ?? source;
  const join = (one: string, other: string): void => {
    const [kept, gone] = [logOf(one), logOf(other)];
    if (kept === gone) return;
    logs.set(gone, kept);
    for (const [source, log] of logs) if (log === gone) logs.set(source, kept);
  };
  const tellingsAt = (slot: number): Map<string, Telling> => {
    const found = slots.get(slot) ?? new Map<string, Telling>();
    slots.set(slot, found);
    return found;
  };
  const remember = (telling: Telling): void => {
    const gone = ring[next];
    if (gone !== undefined) slots.get(gone.slot)?.delete(gone.words);
    ring[next] = telling;
    next = (next + 1) % KEPT;
    tellingsAt(telling.slot).set(telling.words, telling);
  };

  return {
    logOf,
    isTwin(source, text, at) {
      const words = keyOf(text);
      const slot = Math.floor((((at % ROUND_MS) + ROUND_MS) % ROUND_MS) / TWIN_MS);
      for (const near of [slot, slot - 1, slot + 1]) {
        const telling = slots.get((near + SLOTS) % SLOTS)?.get(words);
        if (telling === undefined || countOf(telling, source) >= telling.most) continue;
        count(telling, source);
        join(telling.sources[0] as string, source);
        return true;
      }
      const own = slots.get(slot)?.get(words);
      if (own === undefined) remember({ slot, words, sources: [source], counts: [1], most: 1 });
      else own.most = count(own, source);
      return false;
    },
  };
}

function countOf({ sources, counts }: Telling, source: string): number {
  return counts[sources.indexOf(source)] ?? 0;
}

/** Counts one more; how often the source has told it now. */
function count(telling: Telling, source: string): number {
  const { sources, counts } = telling;
  const known = sources.indexOf(source);
  const at = known < 0 ? sources.push(source) - 1 : known;
  const times = (counts[at] ?? 0) + 1;
  counts[at] = times;
  return times;
}

/** The beginning of a text, blank lines left out, as a short key: what is remembered keeps no record alive. */
function keyOf(text: string): string {
  const all = text.length > 2 * KNOWN_CHARS ? text.slice(0, 2 * KNOWN_CHARS) : text;
  const squeezed = all.includes('\n\n') ? all.replace(/\n{2,}/g, '\n') : all;
  const words = squeezed.slice(0, KNOWN_CHARS).trimEnd();
  return words.length <= SHORT_CHARS ? words : hash('sha1', words, 'base64url');
}
