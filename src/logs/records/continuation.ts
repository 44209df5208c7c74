import { type codes as Codes, codes, starts } from '../../diagnosis/gate-bytes.ts';

/*
 * Where a record without a head ends. Nothing announces it and nothing closes it, so it is a paragraph: a traceback with
 * those that are chained to it, or a suspicious line with what is indented under it.
 */

/** What is known of a record without a head, line by line. */
export interface Paragraph {
  /** A traceback: `frames` until its exception's line came. */
  trace: 'none' | 'frames' | 'over';
  /** The last line was blank. */
  blank: boolean;
  /** The last line that was not blank announces another traceback. */
  chained: boolean;
  /** Lines at the left edge. */
  loose: number;
}

/** What an exception says may have so many lines. */
const LOOSE_LINES = 20;
const SPACE = 32;
const TAB = 9;

type Bytes = ReturnType<typeof Codes>;
const TRACE = codes('Traceback (most recent call last)');
const GROUP = codes('  + Exception Group Traceback (most recent call last)');
/** `─` to `╿`: rich draws its boxes with them, and a traceback in a box begins `╭───── Traceback`. */
const BOX_LEAD = 0xe2;
const CHAINS = [
  'During handling of the above exception',
  'The above exception was the direct cause',
  'Current thread 0x',
  'Thread 0x',
].map(codes);

export const newParagraph = (): Paragraph => ({ trace: 'none', blank: false, chained: false, loose: 0 });

/** True for the first line of a traceback. */
export function isTrace(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at];
  if (first === 84) return starts(bytes, at, end, TRACE);
  if (first === SPACE) return starts(bytes, at, end, GROUP);
  return (
    first === BOX_LEAD &&
    bytes[at + 1] === 0x95 &&
    Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(end - at, 160)).includes(TRACE)
  );
}

/** True where a line, which is no head, goes on with the record. `suspicious` asks the gate, and only where it matters. */
export function goesOn(
  { trace, blank, chained, loose }: Paragraph,
  bytes: Uint8Array,
  at: number,
  end: number,
  suspicious: () => boolean,
): boolean {
  if (isBlank(bytes, at, end)) return true;
  if (isTrace(bytes, at, end)) return trace === 'none' || trace === 'frames' || chained;
  if (announces(bytes, at, end)) return true;
  if (blank && !chained) return false;
  if (isIndented(bytes, at, end)) return true;
  if (trace === 'frames') return true;
  if (loose >= LOOSE_LINES) return false;
  return trace === 'over' || isField(bytes, at, end) || !suspicious();
}

/** Takes a line that goes on into account. */
export function note(paragraph: Paragraph, bytes: Uint8Array, at: number, end: number): void {
  paragraph.blank = isBlank(bytes, at, end);
  if (paragraph.blank) return;
  paragraph.chained = announces(bytes, at, end);
  if (isTrace(bytes, at, end)) {
    paragraph.trace = 'frames';
    return;
  }
  if (isIndented(bytes, at, end)) return;
  paragraph.loose += 1;
  if (paragraph.trace === 'frames' && !paragraph.chained) paragraph.trace = 'over';
}

function isBlank(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (bytes[at] !== SPACE && bytes[at] !== TAB) return false;
  return true;
}

function isIndented(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at];
  if (first === SPACE || first === TAB) return true;
  return first === BOX_LEAD && at + 2 < end && (bytes[at + 1] === 0x94 || bytes[at + 1] === 0x95);
}

function announces(bytes: Uint8Array, at: number, end: number): boolean {
  return CHAINS.some((chain: Bytes) => starts(bytes, at, end, chain));
}

/** asyncio names what it speaks of before its traceback: `future: <Task finished`. */
function isField(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  const stop = Math.min(end, from + 24);
  while (at < stop && (((bytes[at] as number) >= 97 && (bytes[at] as number) <= 122) || bytes[at] === 95)) at += 1;
  return at > from && bytes[at] === 58 && bytes[at + 1] === SPACE && bytes[at + 2] === 60;
}
