/** What a character of a text is to its reader, all from `SMALL` on being of words. This one stands between them. */
export const APART = 0;
/** It may end a sentence. */
export const MARK = 1;
/** A sign of money. */
export const MONEY = 2;
/** Han, Kana, Hangul: written without spaces. */
export const SCRIPT = 3;
export const SMALL = 4;
export const CAPITAL = 5;
export const DIGIT = 6;
/** Of another alphabet, or with an accent. */
export const LETTER = 7;

/** The kind of each UTF-16 code. */
export const KINDS = new Uint8Array(0x1_0000)
  .fill(DIGIT, 48, 58)
  .fill(CAPITAL, 65, 91)
  .fill(SMALL, 97, 123)
  .fill(LETTER, 0xc0, 0x2000)
  .fill(LETTER, 0x2c00, 0x3000)
  .fill(SCRIPT, 0x3040, 0xa000)
  .fill(SCRIPT, 0xac00, 0xd7b0)
  .fill(SCRIPT, 0xf900, 0xfb00);
for (const mark of '\n;.!?"\'。！？') KINDS[mark.charCodeAt(0)] = MARK;
for (const sign of '$€£¥￥＄₽₹₩') KINDS[sign.charCodeAt(0)] = MONEY;

/** Codes are written to bytes little-endian: where numbers are not, they are turned. */
export const BIG_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

/** True for what words are made of: ASCII letters and digits, and the letters of alphabets. */
export function isWordCode(code: number): boolean {
  return (KINDS[code] as number) >= SMALL;
}

/** A capital after a small letter, or before one where capitals stand: `camelCase`, `HTTPError`. */
export function beginsHump(before: number, after: number): boolean {
  return (before >= 97 && before <= 122) || (before >= 65 && before <= 90 && after >= 97 && after <= 122);
}

/** A full stop, an exclamation or question mark, a line end, or the end of a quoted value of JSON or a Python dict. */
export function endsSentence(code: number, next: number, atEnd: boolean): boolean {
  if (code === 46 || code === 33 || code === 63)
    return atEnd || next === 32 || next === 10 || next === 34 || next === 39;
  if (code === 34 || code === 39) return next === 44 || next === 125 || next === 93;
  return true;
}
