import { firstHit, type Hits, nextHit, positionOf, spanOf } from '../../../src/diagnosis/words/hits.ts';

/** The hits of each concept by its index: triples of position, first word and last word. */
export function hitsOf(hits: Hits): Record<number, number[]> {
  const found: Record<number, number[]> = {};
  for (const concept of hits.concepts.subarray(0, hits.count)) {
    const list: number[] = [];
    for (let hit = firstHit(hits, concept); hit !== 0; hit = nextHit(hits, hit))
      list.push(positionOf(hits, hit), ...spanOf(hits, hit));
    found[concept] = list;
  }
  return found;
}
