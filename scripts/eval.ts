import { existsSync, readFileSync } from 'node:fs';
import { classify } from '../src/diagnosis/classify.ts';
import type { TextSource } from '../src/diagnosis/types.ts';

interface Item {
  id: string;
  source: TextSource;
  text: string;
  http_status?: number;
  labels: string[];
  provider?: string;
}
const file = process.argv[2] ?? 'test/fixtures/diagnosis/dev.jsonl';
const folds = process.argv[3]?.split(',').map(Number);
const F = JSON.parse(readFileSync('test/diagnosis/folds.json', 'utf8')).folds as {
  fold: number;
  providers: string[];
  ids: string[];
}[];
const foldOf = (x: Item) =>
  (F.find((f) => f.ids.includes(x.id)) ?? F.find((f) => f.providers.includes(x.provider ?? '')))?.fold;
const items = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((l) => JSON.parse(l) as Item)
  .filter((x) => !folds || folds.includes(foldOf(x) as number));
let good = 0;
for (const item of items) {
  const verdict = classify({ text: item.text, source: item.source, status: item.http_status ?? null });
  const got = verdict?.class ?? null;
  const ok = item.labels.length === 0 ? got === null : got !== null && item.labels.includes(got);
  if (ok) good++;
  else
    console.log(
      `${item.id} [${item.source}] want ${item.labels.join('|') || '-'} got ${got} (${verdict?.why}) ${process.env.QUIET ? '' : JSON.stringify(item.text).slice(0, 260)}`,
    );
}
console.log(`${good}/${items.length} = ${(good / items.length).toFixed(3)}`);
