import { truncateGraphemes } from './graphemes.ts';
import { redact } from './redact.ts';
import type { SafeText, Scrub } from './safe-text.ts';
import { sanitise } from './sanitise.ts';

/** The one way from text of outside to `SafeText`. `known` are exact secrets, such as our own key. */
export function createScrub(known: readonly string[]): Scrub {
  return (raw, maxChars) => {
    const clean = redact(sanitise(raw), known);
    return (maxChars === undefined ? clean : truncateGraphemes(clean, maxChars)) as SafeText;
  };
}

/** Text of the program itself, or made only of such. It is sanitised all the same; never give it text from outside. */
export function literal(text: string): SafeText {
  return sanitise(text) as SafeText;
}

/** Puts safe texts and numbers together: what is safe stays safe. */
export function safe(parts: TemplateStringsArray, ...values: readonly (SafeText | number)[]): SafeText {
  let text = parts[0] ?? '';
  for (const [index, value] of values.entries()) text += String(value) + (parts[index + 1] ?? '');
  return text as SafeText;
}
