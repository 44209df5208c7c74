import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type About, concerns, erasedFrom, filterOf, typedInto } from '../../components/filter.ts';
import { graphemes } from '../../src/text/graphemes.ts';
import { createScrub, literal } from '../../src/text/scrub.ts';
import { leastMs } from '../support/least-time.ts';

const scrub = createScrub(['a-key-that-is-known-0123']);
const nothing = literal('');
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const matching = (filter: string, words: string): boolean | undefined =>
  filterOf(literal(filter))?.matches({}, () => words);

describe('a filter', () => {
  it('finds its words in either case, and what does not hold them after a !', () => {
    expect(matching('OpenRouter', 'x openrouter y')).toBe(true);
    expect(matching('!openrouter', 'x OpenRouter y')).toBe(false);
    expect(matching('!openrouter', 'anthropic')).toBe(true);
    expect(matching('模型', '这个模型')).toBe(true);
  });

  it('leaves nothing out before there are words', () => {
    expect(filterOf(literal(''))).toBeNull();
    expect(filterOf(literal('!'))).toBeNull();
  });

  it('takes signs of expressions for what they are', () => {
    expect(matching('(a|b)*$', 'aaa')).toBe(false);
    expect(matching('(a|b)*$', 'x(a|b)*$y')).toBe(true);
  });

  it('looks at an item once', () => {
    const filter = filterOf(literal('once'));
    const item = {};
    let looks = 0;
    const words = (): string => {
      looks++;
      return 'once';
    };
    expect([filter?.matches(item, words), filter?.matches(item, words)]).toEqual([true, true]);
    expect(filterOf(literal('once'))?.matches(item, words)).toBe(true);
    expect(looks).toBe(1);
  });
});

describe('what is typed', () => {
  it('is one harmless line of at most a hundred letters, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }), (one, other) => {
        const text = typedInto(typedInto(nothing, one, scrub), other, scrub);
        expect(graphemes(text).length).toBeLessThanOrEqual(100);
        expect(text).not.toMatch(HARMFUL);
      }),
    );
  });

  it('goes back letter by letter to nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        let text = typedInto(nothing, typed, scrub);
        for (let presses = graphemes(text).length; presses > 0; presses--) text = erasedFrom(text, 'letter');
        expect(text).toBe('');
      }),
    );
  });

  it('goes back by words', () => {
    expect(erasedFrom(literal('one two  '), 'word')).toBe('one ');
    expect(erasedFrom(literal('one '), 'word')).toBe('');
    expect(erasedFrom(literal('one two'), 'all')).toBe('');
  });

  it('shows no key, also where it comes letter by letter', () => {
    let text = nothing;
    for (const letter of 'a-key-that-is-known-0123') text = typedInto(text, letter, scrub);
    expect(text).not.toContain('is-known-0123');
  });

  it('costs nothing however long the paste is', () => {
    const paste = '\u001b[31m通'.repeat(5_000_000);
    expect(leastMs(() => typedInto(nothing, paste, scrub), 1000)).toBeLessThan(1000);
  });
});

describe('an event concerns', () => {
  const event = (model: string | null, provider: string | null, kind = 'CREDITS') => ({ model, provider, class: kind });
  const label = literal('x');

  it('a model that it names, or whose provider it names alone', () => {
    const about: About = { label, kind: 'model', models: ['gpt-4o', 'openai/gpt-4o'], providers: ['openai'] };
    expect(concerns(about, event('openai/gpt-4o', null))).toBe(true);
    expect(concerns(about, event(null, 'openai'))).toBe(true);
    expect(concerns(about, event('gpt-4o-mini', 'openai'))).toBe(false);
    expect(concerns(about, event(null, null))).toBe(false);
  });

  it('a provider that it names, or one of whose models it names alone', () => {
    const about: About = { label, kind: 'provider', provider: 'openai', models: ['gpt-4o'] };
    expect(concerns(about, event('any', 'openai'))).toBe(true);
    expect(concerns(about, event('gpt-4o', null))).toBe(true);
    expect(concerns(about, event('gpt-4o', 'azure'))).toBe(false);
  });

  it('a class', () => {
    const about: About = { label, kind: 'class', class: 'DATABASE' };
    expect(concerns(about, event(null, null, 'DATABASE'))).toBe(true);
    expect(concerns(about, event('gpt-4o', 'openai'))).toBe(false);
  });
});
