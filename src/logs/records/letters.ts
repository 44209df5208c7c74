const TOLD_CHARS = 160;
const LETTER = /\p{L}/u;

/** The words of a text's beginning, one blank between them; those with digits, such as ids, are left out. */
export function lettersOf(text: string): string {
  const end = Math.min(text.length, TOLD_CHARS);
  let words = '';
  let from = -1;
  let digits = false;
  for (let at = 0; at <= end; at += 1) {
    const code = at === end ? 0 : text.charCodeAt(at);
    const lower = code | 32;
    const isDigit = code >= 48 && code <= 57;
    const isLetter = (lower >= 97 && lower <= 122) || (code > 127 && LETTER.test(text[at] as string));
    digits ||= isDigit;
    if (isLetter && from < 0) from = at;
    if (isLetter || isDigit) continue;
    if (from >= 0 && !digits) words += words === '' ? text.slice(from, at) : ` ${text.slice(from, at)}`;
    from = -1;
    digits = false;
  }
  return words;
}
