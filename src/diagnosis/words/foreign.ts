import type { Concept } from './english.ts';
import { ASIAN } from './foreign-asia.ts';
import { EUROPEAN } from './foreign-europe.ts';
import { FURTHER } from './foreign-further.ts';

/**
 * The same concepts in other languages: providers and their clouds answer in the language of their console.
 * Scripts without spaces are matched as substrings, the others as words (accents removed).
 */
export const FOREIGN: readonly (readonly [language: string, Partial<Record<Concept, string>>])[] = [
  ...ASIAN,
  ...EUROPEAN,
  ...FURTHER,
];
