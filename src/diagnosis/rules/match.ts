import { firstHit, type Hits, nextHit, positionOf, spanOf } from '../words/hits.ts';
import { conceptIndex } from '../words/lexicon.ts';
import type { Scan } from '../words/scan.ts';
import { createPossible, type Possible } from './possible.ts';
import type { Rule } from './rule.ts';

interface Compiled {
  rule: Rule;
  near: number[][];
  notNear: number[];
  within: number;
}

/** Rules in the order in which they are tried. */
export interface CompiledRules {
  rules: readonly Compiled[];
  possible: Possible;
}

const NEAR_VETO = 12;
/** Hits of a rule's first concept that are looked at. */
const MAX_TRIED = 50;

/** Names become indexes once; a name that is in no lexicon throws at start. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  return {
    rules: rules.map((rule) => ({
      rule,
      near: rule.near.map(indexes),
      notNear: (rule.notNear ?? []).map(conceptIndex),
      within: rule.within ?? 8,
    })),
    possible: createPossible(
      rules.map((rule) => ({
        wanted: [...rule.near, ...(rule.with ?? [])].map(indexes),
        without: (rule.without ?? []).map(conceptIndex),
      })),
    ),
  };
}

const indexes = (words: string) => words.split('|').map(conceptIndex);

export interface Match {
  rule: Rule;
  /** First and last word of each concept that decided. */
  spans: [number, number][];
}

/** The first rule whose concepts stand as it asks; null when none does. */
export function firstMatch({ rules, possible }: CompiledRules, { hits }: Scan): Match | null {
  for (let at = possible(hits, 0); at >= 0; at = possible(hits, at + 1)) {
    const compiled = rules[at] as Compiled;
    const spans = nearHits(compiled, hits);
    if (spans !== null) return { rule: compiled.rule, spans };
  }
  return null;
}

function nearHits(rule: Compiled, hits: Hits): [number, number][] | null {
  for (const concept of rule.near[0] ?? []) {
    let tried = 0;
    for (let hit = firstHit(hits, concept); hit !== 0 && tried < MAX_TRIED; hit = nextHit(hits, hit)) {
      tried += 1;
      const position = positionOf(hits, hit);
      if (isVetoed(rule, hits, position)) continue;
      const spans = partners(rule, hits, position);
      if (spans !== null) return [spanOf(hits, hit), ...spans];
    }
  }
  return null;
}

function isVetoed({ notNear }: Compiled, hits: Hits, position: number): boolean {
  for (const veto of notNear) if (nearest(hits, veto, position, NEAR_VETO, false) !== 0) return true;
  return false;
}

function partners(rule: Compiled, hits: Hits, position: number): [number, number][] | null {
  const spans: [number, number][] = [];
  for (let index = 1; index < rule.near.length; index++) {
    const partner = partnerOf(rule, hits, position, rule.near[index] as number[]);
    if (partner === 0) return null;
    spans.push(spanOf(hits, partner));
  }
  return spans;
}

function partnerOf({ within, rule }: Compiled, hits: Hits, position: number, set: readonly number[]): number {
  for (const concept of set) {
    const hit = nearest(hits, concept, position, within, rule.inOrder === true);
    if (hit !== 0) return hit;
  }
  return 0;
}

/** A hit no further than `within` words, 0 if there is none. Hits ascend, so the search is short. */
function nearest(hits: Hits, concept: number, position: number, within: number, after: boolean): number {
  for (let hit = firstHit(hits, concept); hit !== 0; hit = nextHit(hits, hit)) {
    const other = positionOf(hits, hit);
    // facts about the surroundings stand at no place: near everything
    if (other < 0 || position < 0) return hit;
    if (other > position + within) return 0;
    if (other >= position - (after ? 0 : within)) return hit;
  }
  return 0;
}
