import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { DiagnosisInput } from '../src/diagnosis/types.ts';
import { isRight, type Labelled } from '../test/diagnosis/fixtures.ts';

/** Texts to be scored without the words that were learnt from them, and the texts that may still have taught them. */
export interface LeftOut {
  texts: readonly Labelled[];
  others: readonly Labelled[];
}
export interface Score {
  good: number;
  /** Entries of the lexicon that no other text has. */
  words: number;
}

type Table = Record<string, string>;

/**
 * Scores texts as if nobody had seen them: each entry of the lexicon that stands in one of them and in no other text is
 * taken out first, however it came there. In a thread of its own, because a lexicon is built once.
 */
export function scoreLeftOut(work: LeftOut): Promise<Score> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: work });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

const inputOf = (item: Labelled): DiagnosisInput => ({
  text: item.text,
  source: item.source,
  status: item.http_status ?? null,
});
/** Words in lower case between single spaces, without accents and apostrophes. */
const plain = (text: string) =>
  ` ${text
    .normalize('NFD')
    .replace(/['\u2019]|\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}*]+/gu, ' ')
    .toLowerCase()} `;
/** As the reader of words takes them: `rateLimitError` is three words and one. */
const bothWays = (text: string) =>
  plain(text) + plain(text.replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 '));

async function score({ texts, others }: LeftOut): Promise<Score> {
  const words = await takeOut(texts, others);
  const { createDiagnose } = await import('../src/diagnosis/diagnose.ts');
  const diagnose = createDiagnose();
  const good = texts.filter((item) => isRight(item, diagnose(inputOf(item))?.class ?? null)).length;
  return { good, words };
}

/** Takes the entries out that only `texts` have; says how many they are. */
async function takeOut(texts: readonly Labelled[], others: readonly Labelled[]): Promise<number> {
  const { ENGLISH } = await import('../src/diagnosis/words/english.ts');
  const { FOREIGN } = await import('../src/diagnosis/words/foreign.ts');
  const tables = [ENGLISH as Table, ...FOREIGN.map(([, table]) => table as Table)];
  const own = await flat(texts);
  const known = await flat(others);
  let taken = 0;
  for (const table of tables) {
    for (const [concept, list] of Object.entries(table)) {
      const entries = list.split(',').map((entry) => entry.trim());
      const kept = entries.filter((entry) => !stands(entry, own) || stands(entry, known));
      taken += entries.length - kept.length;
      table[concept] = kept.join(',');
    }
  }
  return taken;
}

/** What the reader of words sees of the texts, benign ones too. */
async function flat(items: readonly Labelled[]): Promise<string> {
  const { open } = await import('../src/diagnosis/open.ts');
  return items
    .map((item) => {
      const opening = open(inputOf(item));
      return bothWays(opening.kind === 'opened' ? opening.opened.flat.text : item.text);
    })
    .join('');
}

const SCRIPT = /[\u3040-\u9fff\uac00-\ud7af]/;

/** Whether an entry of the lexicon stands in a text: `exceed*` as the beginning of a word, scripts without spaces anywhere. */
function stands(entry: string, text: string): boolean {
  if (SCRIPT.test(entry)) return text.includes(entry.normalize('NFD').toLowerCase());
  const words = plain(entry);
  return words.includes('*') ? new RegExp(words.replaceAll('*', '\\S*')).test(text) : text.includes(words);
}

if (!isMainThread) parentPort?.postMessage(await score(workerData as LeftOut));
