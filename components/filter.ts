import { graphemes, truncateGraphemes } from '../src/text/graphemes.ts';
import type { SafeText, Scrub } from '../src/text/safe-text.ts';
import { literal } from '../src/text/scrub.ts';

/** What is typed, or pasted, into a filter is cut to so many graphemes. */
const FILTER_GRAPHEMES = 100;
/** Filters whose matches are remembered: a letter more is a filter of its own. */
const REMEMBERED = 8;

/**
 * Plain words, not an expression: no text that is typed or pasted can take long to match. Upper and lower case are the same;
 * `!` before it shows what does not match.
 */
export interface Filter {
  readonly text: SafeText;
  /** Whether the item, whose words are `words()`, is to be shown; asked once for each item. */
  matches(item: object, words: () => string): boolean;
}

const compiled = new Map<string, Filter>();

/** The filter of a text; null for one that leaves nothing out. */
export function filterOf(text: SafeText): Filter | null {
  const inverted = text.startsWith('!');
  const wanted = (inverted ? text.slice(1) : text).toLowerCase();
  if (wanted === '') return null;
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const answers = new WeakMap<object, boolean>();
  const filter: Filter = {
    text,
    matches(item, words) {
      const before = answers.get(item);
      if (before !== undefined) return before;
      const answer = words().toLowerCase().includes(wanted) !== inverted;
      answers.set(item, answer);
      return answer;
    },
  };
  compiled.set(text, filter);
  for (const oldest of compiled.keys()) {
    if (compiled.size <= REMEMBERED) break;
    compiled.delete(oldest);
  }
  return filter;
}

/** A filter's text with more typed or pasted at its end: one line, sanitised, redacted and cut. */
export function typedInto(text: SafeText, more: string, scrub: Scrub): SafeText {
  // Whatever is longer than this is cut anyway, and need not be gone through.
  const head = more.slice(0, FILTER_GRAPHEMES * 16).replaceAll(/[\r\n\t]+/g, ' ');
  return literal(truncateText(scrub(`${text}${head}`)));
}

function truncateText(text: SafeText): string {
  return graphemes(text).length <= FILTER_GRAPHEMES ? text : truncateGraphemes(text, FILTER_GRAPHEMES);
}

/** A filter's text without its last letter or word, or without any. */
export function erasedFrom(text: SafeText, unit: 'letter' | 'word' | 'all'): SafeText {
  if (unit === 'all') return literal('');
  if (unit === 'letter') return literal(graphemes(text).slice(0, -1).join(''));
  const end = text.trimEnd();
  return literal(end.slice(0, end.lastIndexOf(' ') + 1));
}

/** One subject, whose log events `L` shows. */
export type About = { readonly label: SafeText } & (
  | { readonly kind: 'model'; readonly models: readonly string[]; readonly providers: readonly string[] }
  | { readonly kind: 'provider'; readonly provider: string; readonly models: readonly string[] }
  | { readonly kind: 'class'; readonly class: string }
);

/** What a log event says of whom it concerns. */
export interface Concerned {
  readonly model: string | null;
  readonly provider: string | null;
  readonly class: string | null;
}

/** What names its model concerns that one; what names a provider only concerns every model of it. */
export function concerns(about: About, { model, provider, class: kind }: Concerned): boolean {
  if (about.kind === 'class') return kind === about.class;
  const named = model !== null && about.models.includes(model);
  if (about.kind === 'model')
    return named || (model === null && provider !== null && about.providers.includes(provider));
  return provider === about.provider || (provider === null && named);
}
