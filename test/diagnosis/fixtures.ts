import { readFileSync } from 'node:fs';
import type { TextSource } from '../../src/diagnosis/types.ts';

/** One labelled text: the first label is preferred, any other is accepted; none means that no event may be raised. */
export interface Labelled {
  id: string;
  source: TextSource;
  text: string;
  http_status?: number;
  labels: string[];
  provider?: string;
}

/** Whether a class, null for none, is what a text is labelled with. */
export function isRight({ labels }: Labelled, got: string | null): boolean {
  return got === null ? labels.length === 0 : labels.includes(got);
}

/** One failure text that a real LiteLLM wrote; `also` is accepted for the reason given. */
export interface Recorded {
  release: string;
  form: 'chat' | 'health' | 'log';
  scenario: string;
  status: number | null;
  class: string;
  also: string | null;
  reason: string | null;
  text: string;
}

/** Labelled from the definitions of the classes without sight of a rule, but for the last; in the order in which they were opened. */
export const UNSEEN = [
  'third.jsonl',
  'unseen-a.jsonl',
  'unseen-b.jsonl',
  'unseen-c.jsonl',
  'unseen-d.jsonl',
  'unseen-e.jsonl',
  'unseen-f.jsonl',
  'unseen-g.jsonl',
  'unseen-h.jsonl',
  'unseen-i.jsonl',
  'unseen-j.jsonl',
  'unseen-k.jsonl',
  'unseen-l.jsonl',
  'unseen-m.jsonl',
  'unseen-n.jsonl',
  'unseen-o.jsonl',
  'unseen-p.jsonl',
  'hard.jsonl',
];

/** The labelled sets. */
export const LABELLED = ['dev.jsonl', ...UNSEEN];

/** Reads a fixture of one JSON object a line. */
export function readLines<T>(name: string): T[] {
  return readJsonLines(`test/fixtures/diagnosis/${name}`);
}

export function readJsonLines<T>(path: string): T[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
