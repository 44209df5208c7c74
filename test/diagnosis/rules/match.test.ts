import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRules, firstMatch } from '../../../src/diagnosis/rules/match.ts';
import { createPossible } from '../../../src/diagnosis/rules/possible.ts';
import type { Rule } from '../../../src/diagnosis/rules/rule.ts';
import { addHit, clearHits, createHits } from '../../../src/diagnosis/words/hits.ts';
import { CONCEPTS } from '../../../src/diagnosis/words/lexicon.ts';
import { addFact, scan } from '../../../src/diagnosis/words/scan.ts';

describe('the rules that a text may match', () => {
  const concept = fc.integer({ min: 0, max: 11 });
  const asked = fc.record({
    wanted: fc.array(fc.array(concept, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
    without: fc.array(concept, { maxLength: 2 }),
  });

  test('are those of which it has a concept of each set and none that must not be there, in their order', () => {
    const hits = createHits(CONCEPTS);
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 100 }), fc.uniqueArray(concept), (rules, hit) => {
        clearHits(hits);
        for (const one of hit) addHit(hits, one, 0, 0, 0);
        const possible = createPossible(rules);
        const found: number[] = [];
        for (let at = possible(hits, 0); at >= 0; at = possible(hits, at + 1)) found.push(at);
        const expected = rules.flatMap(({ wanted, without }, at) =>
          wanted.every((set) => set.some((one) => hit.includes(one))) && !without.some((one) => hit.includes(one))
            ? [at]
            : [],
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the first rule that matches', () => {
  const rule = (near: string[], more: Partial<Rule> = {}): Rule => ({ class: 'RATE_LIMIT', near, ...more });
  const match = (rules: readonly Rule[], text: string, facts: Parameters<typeof addFact>[1][] = []) => {
    const words = scan(text);
    for (const fact of facts) addFact(words, fact);
    const found = firstMatch(compileRules(rules), words);
    return found === null ? null : { at: rules.indexOf(found.rule), spans: found.spans };
  };
  const never = Array.from({ length: 70 }, () => rule(['oom']));

  test('is the first in the table, in whichever block of it', () => {
    const rules = [...never, rule(['limit', 'exceeded']), rule(['limit'])];
    expect(match(rules, 'limit exceeded')).toEqual({
      at: 70,
      spans: [
        [0, 0],
        [1, 1],
      ],
    });
    expect(match(rules, 'limit. Exceeded')).toEqual({ at: 71, spans: [[0, 0]] });
    expect(match(rules, 'x')).toBeNull();
  });

  test('has its concepts no further apart than it says, in its order where it asks for one', () => {
    expect(match([rule(['limit', 'exceeded'], { within: 2 })], 'limit was exceeded')).not.toBeNull();
    expect(match([rule(['limit', 'exceeded'], { within: 2 })], 'limit has been exceeded')).toBeNull();
    expect(match([rule(['limit', 'exceeded'], { inOrder: true })], 'exceeded limit')).toBeNull();
    expect(match([rule(['limit', 'exceeded'])], 'exceeded limit')).toEqual({
      at: 0,
      spans: [
        [1, 1],
        [0, 0],
      ],
    });
  });

  test('takes the first of its hits that is not vetoed, and looks at 50', () => {
    const rules = [rule(['limit'], { notNear: ['exceeded'] })];
    const apart = ' x'.repeat(20);
    expect(match(rules, `limit exceeded${apart} limit`)?.spans).toEqual([[22, 22]]);
    expect(match(rules, `${'limit exceeded '.repeat(49)}${apart} limit`)).not.toBeNull();
    expect(match(rules, `${'limit exceeded '.repeat(50)}${apart} limit`)).toBeNull();
  });

  test('has facts near everything, at no place', () => {
    expect(match([rule(['@provider', 'limit'])], `${'x '.repeat(90)}limit`, ['@provider'])).toEqual({
      at: 0,
      spans: [
        [-1, -1],
        [90, 90],
      ],
    });
    expect(match([rule(['limit'], { without: ['@provider'] })], 'limit', ['@provider'])).toBeNull();
    expect(match([rule(['limit'], { with: ['@provider'] })], 'limit')).toBeNull();
  });

  test('is none of an empty table, and a name in no lexicon throws when the table is read', () => {
    expect(match([], 'limit')).toBeNull();
    expect(() => compileRules([rule(['limit|nonsense'])])).toThrow('no such concept: nonsense');
  });
});
