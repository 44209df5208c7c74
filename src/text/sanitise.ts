import { isBidi, isC0, isC1, isInvisible, isJoiner, isMark, isSurrogate, pictureOf } from './code-points.ts';

/** A string sequence (OSC, DCS, ...) without its end is text again after so many characters. */
const STRING_LIMIT = 256;
/** A control sequence that has not ended after so many characters is text. */
const CSI_LIMIT = 64;
const TAB_STOP = 8;
/** Combining marks kept on one base character. */
const MARKS_KEPT = 4;

const PLAIN = /^[\x20-\x7e\n]*$/;

/**
 * Text from outside, made harmless for a terminal: escape sequences go, control characters become pictures, what is
 * invisible or turns the direction of reading becomes `\ufffd`. Lines stay lines (LF). Total, idempotent, linear.
 */
export function sanitise(raw: string): string {
  return PLAIN.test(raw) ? raw : walk(raw);
}

function walk(raw: string): string {
  let out = '';
  let column = 0;
  let marks = 0;
  let index = 0;
  const put = (text: string): void => {
    out += text;
    column += 1;
  };
  while (index < raw.length) {
    const end = endOfPlain(raw, index);
    if (end > index) {
      out += raw.slice(index, end);
      column += end - index;
      marks = 0;
      index = end;
      continue;
    }
    const point = raw.codePointAt(index) as number;
    const length = point > 0xffff ? 2 : 1;
    const skipped = sequenceAt(raw, index, point);
    if (skipped > 0) {
      index += skipped;
      continue;
    }
    const character = raw.slice(index, index + length);
    index += length;
    if (point === 0x0a) {
      out += '\n';
      column = 0;
      marks = 0;
    } else if (point === 0x09) {
      const spaces = TAB_STOP - (column % TAB_STOP);
      out += ' '.repeat(spaces);
      column += spaces;
      marks = 0;
    } else if (point === 0x0d) {
      // CR LF is an end of line; a lone CR would overwrite what stands before it.
      if (raw.charCodeAt(index) !== 0x0a) put(pictureOf(point));
    } else if (isC0(point) || isC1(point)) {
      put(pictureOf(point));
      marks = 0;
    } else if (isBidi(point) || isInvisible(point) || isSurrogate(point)) {
      put('\ufffd');
      marks = 0;
    } else if (isJoiner(point)) {
      if (joins(raw, out, index, point)) out += character;
    } else if (point >= 0x300 && isMark(character)) {
      marks += 1;
      if (marks <= MARKS_KEPT) out += character;
    } else {
      put(character);
      marks = 0;
    }
  }
  return out;
}

/** Where the run of characters ends that stand as they are wherever they stand: most of what is written is of them. */
function endOfPlain(raw: string, from: number): number {
  let at = from;
  while (at < raw.length && isPlain(raw.charCodeAt(at))) at += 1;
  return at;
}

/** Printable ASCII and Han ideographs. */
const isPlain = (code: number): boolean => (code >= 0x20 && code <= 0x7e) || (code >= 0x3400 && code <= 0x9fff);

/** A joiner is kept between characters that are not ASCII, a selector also after a digit or sign that it makes an emoji. */
function joins(raw: string, out: string, next: number, point: number): boolean {
  const before = lastPoint(out);
  if (point >= 0xfe00)
    return (before > 0x7f && !isJoiner(before)) || '0123456789#*'.includes(String.fromCodePoint(before));
  const after = raw.codePointAt(next) ?? 0;
  return before > 0x7f && before !== 0x200c && before !== 0x200d && after > 0x7f && !isJoiner(after) && visible(after);
}

/** The last code point of a text, 0 for an empty one. */
function lastPoint(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  if (Number.isNaN(last)) return 0;
  return last >= 0xdc00 && last <= 0xdfff ? (text.codePointAt(text.length - 2) as number) : last;
}

const visible = (point: number): boolean =>
  !isC1(point) && !isBidi(point) && !isInvisible(point) && !isSurrogate(point);

/** Length of the escape sequence that begins at `index`, 0 where none does or where it never ends. */
function sequenceAt(raw: string, index: number, point: number): number {
  if (point === 0x9b) return control(raw, index + 1, index);
  if (point === 0x90 || point === 0x98 || point === 0x9d || point === 0x9e || point === 0x9f)
    return stringSequence(raw, index + 1, index);
  if (point !== 0x1b) return 0;
  const next = raw.charCodeAt(index + 1);
  if (next === 0x5b) return control(raw, index + 2, index);
  if (next === 0x5d || next === 0x50 || next === 0x58 || next === 0x5e || next === 0x5f)
    return stringSequence(raw, index + 2, index);
  return plainEscape(raw, index);
}

/** CSI: parameters, intermediates, a final byte. */
function control(raw: string, from: number, start: number): number {
  const end = Math.min(raw.length, from + CSI_LIMIT);
  for (let at = from; at < end; at += 1) {
    const code = raw.charCodeAt(at);
    if (code >= 0x40 && code <= 0x7e) return at + 1 - start;
    if (code < 0x20 || code > 0x3f) return 0;
  }
  return 0;
}

/** OSC, DCS, SOS, PM, APC: up to BEL or ST; one that does not end is shown, for it could hide the rest of a line. */
function stringSequence(raw: string, from: number, start: number): number {
  const end = Math.min(raw.length, from + STRING_LIMIT);
  for (let at = from; at < end; at += 1) {
    const code = raw.charCodeAt(at);
    if (code === 0x07 || code === 0x9c) return at + 1 - start;
    if (code === 0x1b) return raw.charCodeAt(at + 1) === 0x5c ? at + 2 - start : 0;
    if (code === 0x0a) return 0;
  }
  return 0;
}

/** ESC, intermediates, a final byte: charset shifts, RIS, keypad modes. */
function plainEscape(raw: string, index: number): number {
  let at = index + 1;
  while (at < raw.length && at < index + 4 && raw.charCodeAt(at) >= 0x20 && raw.charCodeAt(at) <= 0x2f) at += 1;
  const final = raw.charCodeAt(at);
  return final >= 0x30 && final <= 0x7e ? at + 1 - index : 0;
}
