import { parseJson } from './json.ts';

/*
 * `/v1/model/info` is 7 KB a deployment, 37 MB for 5,000: one JSON.parse of it would stop the event loop for a third of
 * a second. This reader finds the elements of the arrays of a top-level object while the bytes arrive and parses them
 * one by one, so that no piece takes longer than a few milliseconds and the whole text is never in memory.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A single row or top-level string above this is none of LiteLLM's. */
const HELD_CAP_BYTES = 1024 * 1024;

export interface RowReader {
  write(chunk: Buffer): void;
  /** null when the bytes were no complete JSON object with readable rows. */
  end(): { keys: ReadonlySet<string> } | null;
}

/** Calls `onRow` with each object in each array that is a direct field `key` of the top-level object. */
export function createRowReader(onRow: (key: string, row: unknown) => void): RowReader {
  const keys = new Set<string>();
  /** What closes the open brackets of the first two levels; deeper ones are counted, and checked when a row is parsed. */
  const closers: number[] = [];
  let depth = 0;
  let inString = false;
  let escaped = false;
  let broken = false;
  let closed = false;
  let key: string | null = null;
  let lastString = '';
  /** Bytes of earlier chunks that belong to the piece (a row, or a string at the top level) that is still open. */
  const held = createHeld();
  let inRow = false;
  /** Where that piece begins in this chunk. */
  let start = 0;

  const openBracket = (byte: number, at: number) => {
    if (depth === 0 && (byte !== OPEN_OBJECT || closed)) broken = true;
    if (depth < 2) closers.push(byte === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY);
    if (depth === 2 && byte === OPEN_OBJECT && closers[1] === CLOSE_ARRAY) {
      inRow = true;
      start = at;
    }
    depth += 1;
  };
  const closeBracket = (byte: number, chunk: Buffer, at: number) => {
    depth -= 1;
    if (depth < 2 && closers.pop() !== byte) broken = true;
    if (depth === 0) closed = true;
    if (depth !== 2 || !inRow) return;
    inRow = false;
    const row = parseJson(held.take(chunk.subarray(start, at + 1)));
    if (row.ok) onRow(key ?? '', row.value);
    else broken = true;
  };
  const outsideString = (byte: number, chunk: Buffer, at: number) => {
    if (byte === QUOTE) {
      inString = true;
      if (depth === 1) start = at + 1;
      if (depth === 0) broken = true;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) openBracket(byte, at);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) closeBracket(byte, chunk, at);
    else if (byte === COLON && depth === 1) {
      key = unescaped(lastString);
      keys.add(key);
    } else if (depth === 0 && !isBlank(byte)) broken = true;
  };
  const insideString = (byte: number, chunk: Buffer, at: number) => {
    if (escaped) escaped = false;
    else if (byte === BACKSLASH) escaped = true;
    else if (byte === QUOTE) {
      inString = false;
      if (depth === 1) lastString = held.take(chunk.subarray(start, at));
    }
  };

  return {
    write(chunk) {
      start = 0;
      for (let at = 0; at < chunk.length && !broken; at += 1) {
        const byte = chunk[at] as number;
        if (inString) insideString(byte, chunk, at);
        else outsideString(byte, chunk, at);
      }
      const unfinished = inRow || (inString && depth === 1);
      if (!broken && unfinished && !held.add(chunk.subarray(start))) broken = true;
    },
    end: () => (closed && depth === 0 && !broken ? { keys } : null),
  };
}

function createHeld() {
  let pieces: Buffer[] = [];
  let bytes = 0;
  return {
    /** False when it is too much. */
    add(piece: Buffer): boolean {
      bytes += piece.length;
      if (bytes > HELD_CAP_BYTES) return false;
      pieces.push(Buffer.from(piece));
      return true;
    },
    take(last: Buffer): string {
      const whole = pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
      pieces = [];
      bytes = 0;
      return whole.toString('utf8');
    },
  };
}

/** A key as written may hold escapes. */
function unescaped(written: string): string {
  const parsed = written.includes('\\') ? parseJson(`"${written}"`) : null;
  return parsed?.ok && typeof parsed.value === 'string' ? parsed.value : written;
}

/** Blank, or one of the three bytes of a UTF-8 byte order mark. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte >= 0xbb;
}
