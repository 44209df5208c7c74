/** Classes of code points that may not reach a screen as they are. Sources: ECMA-48, UAX #9, Unicode 17 property lists. */

export const isC0 = (point: number): boolean => point < 0x20 || point === 0x7f;
export const isC1 = (point: number): boolean => point >= 0x80 && point <= 0x9f;

/** Bidirectional controls: they can make a name read backwards (Trojan Source, CVE-2021-42574). */
export const isBidi = (point: number): boolean =>
  point === 0x61c ||
  point === 0x200e ||
  point === 0x200f ||
  (point >= 0x202a && point <= 0x202e) ||
  (point >= 0x2066 && point <= 0x2069);

/** Characters without a shape of their own: two names that differ only in them look equal. */
export const isInvisible = (point: number): boolean =>
  point === 0xad ||
  point === 0x34f ||
  point === 0x115f ||
  point === 0x1160 ||
  point === 0x17b4 ||
  point === 0x17b5 ||
  (point >= 0x180b && point <= 0x180f) ||
  point === 0x200b ||
  point === 0x2028 ||
  point === 0x2029 ||
  (point >= 0x2060 && point <= 0x2065) ||
  (point >= 0x206a && point <= 0x206f) ||
  point === 0x3164 ||
  point === 0xfeff ||
  point === 0xffa0 ||
  (point >= 0xfff0 && point <= 0xfffb) ||
  (point >= 0x1bca0 && point <= 0x1bca3) ||
  (point >= 0x1d173 && point <= 0x1d17a) ||
  (point >= 0xe0000 && point <= 0xe0fff);

export const isSurrogate = (point: number): boolean => point >= 0xd800 && point <= 0xdfff;

/** Joiners and variation selectors: kept between characters that they can join, shown nowhere else. */
export const isJoiner = (point: number): boolean =>
  point === 0x200c || point === 0x200d || (point >= 0xfe00 && point <= 0xfe0f);

const MARK = /^\p{M}$/u;
export const isMark = (character: string): boolean => MARK.test(character);

/** The visible picture of a control character: U+2400 and on; `·` for what has no picture. */
export function pictureOf(point: number): string {
  if (point < 0x20) return String.fromCodePoint(0x2400 + point);
  return point === 0x7f ? '\u2421' : '\u00b7';
}
