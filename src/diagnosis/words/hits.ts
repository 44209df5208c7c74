/** Hits of concepts: which there are, and those of each in the order of the text. Reused from text to text. */
export interface Hits {
  /** The concepts that were hit, the first `count` of these. */
  concepts: Uint16Array;
  count: number;
  /** First and last record of each concept, 0 where it was not hit. */
  heads: Int32Array;
  tails: Int32Array;
  /** From `FIELDS * record` on: position, first word, last word, and the next record of the same concept, 0 for none. */
  records: Int32Array;
  /** Where the next record goes. The first is none. */
  end: number;
}

const FIELDS = 4;
const FIRST_WORD = 1;
const LAST_WORD = 2;
const NEXT = 3;
const RECORDS = 1024;

/** For so many concepts. */
export function createHits(concepts: number): Hits {
  return {
    concepts: new Uint16Array(concepts),
    count: 0,
    heads: new Int32Array(concepts),
    tails: new Int32Array(concepts),
    records: new Int32Array(RECORDS * FIELDS),
    end: FIELDS,
  };
}

export function clearHits(hits: Hits): void {
  for (let at = 0; at < hits.count; at++) hits.heads[hits.concepts[at] as number] = 0;
  hits.count = 0;
  hits.end = FIELDS;
}

/** A record is the place of its first field. */
export function addHit(hits: Hits, concept: number, position: number, first: number, last: number): void {
  const { end, heads, tails } = hits;
  if (end === hits.records.length) grow(hits);
  const { records } = hits;
  records[end] = position;
  records[end + FIRST_WORD] = first;
  records[end + LAST_WORD] = last;
  records[end + NEXT] = 0;
  if (heads[concept] === 0) {
    hits.concepts[hits.count++] = concept;
    heads[concept] = end;
  } else records[(tails[concept] as number) + NEXT] = end;
  tails[concept] = end;
  hits.end = end + FIELDS;
}

function grow(hits: Hits): void {
  const records = new Int32Array(2 * hits.records.length);
  records.set(hits.records);
  hits.records = records;
}

export const isHit = (hits: Hits, concept: number): boolean => hits.heads[concept] !== 0;

/** The first hit of a concept, 0 for none. */
export const firstHit = (hits: Hits, concept: number): number => hits.heads[concept] as number;

/** The next hit of the same concept, 0 for none. */
export const nextHit = (hits: Hits, hit: number): number => hits.records[hit + NEXT] as number;

/** Where a hit stands, in words; negative for one that stands at no place. */
export const positionOf = (hits: Hits, hit: number): number => hits.records[hit] as number;

/** First and last word of a hit. */
export const spanOf = (hits: Hits, hit: number): [number, number] => [
  hits.records[hit + FIRST_WORD] as number,
  hits.records[hit + LAST_WORD] as number,
];
