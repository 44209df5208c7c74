import { conceptIndex } from '../words/lexicon.ts';
import type { Scan } from '../words/scan.ts';
import type { Rule } from './rule.ts';

interface Compiled {
  rule: Rule;
  near: number[][];
  with: number[][];
  without: number[];
  notNear: number[];
  within: number;
}

const NEAR_VETO = 12;

/** Names become indexes once; a name that is in no lexicon throws at start. */
export function compileRules(rules: readonly Rule[]): Compiled[] {
  return rules.map((rule) => ({
    rule,
    near: rule.near.map(indexes),
    with: (rule.with ?? []).map(indexes),
    without: (rule.without ?? []).map(conceptIndex),
    notNear: (rule.notNear ?? []).map(conceptIndex),
    within: rule.within ?? 8,
  }));
}

const indexes = (words: string) => words.split('|').map(conceptIndex);

export interface Match {
  rule: Rule;
  /** First and last word of each concept that decided. */
  spans: [number, number][];
}

/** The first rule whose concepts stand as it asks; null when none does. */
export function firstMatch(rules: readonly Compiled[], scan: Scan): Match | null {
  for (const compiled of rules) {
    if (!possible(compiled, scan)) continue;
    const spans = nearHits(compiled, scan);
    if (spans !== null) return { rule: compiled.rule, spans };
  }
  return null;
}

function possible(rule: Compiled, scan: Scan): boolean {
  for (const set of rule.near) if (!anyHit(set, scan)) return false;
  for (const set of rule.with) if (!anyHit(set, scan)) return false;
  for (const concept of rule.without) if (scan.hits[concept] !== undefined) return false;
  return true;
}

function anyHit(set: readonly number[], scan: Scan): boolean {
  for (const concept of set) if (scan.hits[concept] !== undefined) return true;
  return false;
}

function nearHits(rule: Compiled, scan: Scan): [number, number][] | null {
  for (const concept of rule.near[0] ?? []) {
    const hits = scan.hits[concept];
    if (!hits) continue;
    for (let at = 0; at < hits.length && at < 150; at += 3) {
      const position = hits[at] as number;
      if (rule.notNear.some((veto) => nearest(scan.hits[veto], position, NEAR_VETO, false) >= 0)) continue;
      const spans = partners(rule, scan, position, [hits[at + 1] as number, hits[at + 2] as number]);
      if (spans !== null) return spans;
    }
  }
  return null;
}

function partners(rule: Compiled, scan: Scan, position: number, first: [number, number]): [number, number][] | null {
  const spans: [number, number][] = [first];
  for (let index = 1; index < rule.near.length; index++) {
    let found = false;
    for (const concept of rule.near[index] as number[]) {
      const hits = scan.hits[concept];
      const at = nearest(hits, position, rule.within, rule.rule.inOrder === true);
      if (at < 0 || !hits) continue;
      spans.push([hits[at + 1] as number, hits[at + 2] as number]);
      found = true;
      break;
    }
    if (!found) return null;
  }
  return spans;
}

/** Index of a hit no further than `within` words, -1 if there is none. Hits ascend, so the search is short. */
function nearest(hits: readonly number[] | undefined, position: number, within: number, after: boolean): number {
  if (!hits) return -1;
  for (let at = 0; at < hits.length; at += 3) {
    const other = hits[at] as number;
    // facts about the surroundings stand at no place: near everything
    if (other < 0 || position < 0) return at;
    if (other > position + within) return -1;
    if (other >= position - (after ? 0 : within)) return at;
  }
  return -1;
}
