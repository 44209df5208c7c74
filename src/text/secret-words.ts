/** What stands in the place of a secret; its kind stays visible. */
export const hidden = (kind: string): string => `[redacted:${kind}]`;
export const DONE = '[redacted:';

/** Letters and digits mixed, or long: a secret; a word of prose is neither. */
export function looksSecret(token: string): boolean {
  if (token.startsWith(DONE) || token.length < 6) return false;
  return (/\d/.test(token) && /[A-Za-z]/.test(token)) || token.length >= 24;
}
