/*
 * `/v1/model/info` is 7 KB a deployment, 35 MB for 5,000: one JSON.parse of it would stop the event loop for a third of
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

/** A single row above this is no row of LiteLLM's. */
const ROW_CAP_BYTES = 1024 * 1024;

export interface RowReader {
  write(chunk: Buffer): void;
  /** `null` when the bytes were no complete JSON object with readable rows. */
  end(): { keys: ReadonlySet<string> } | null;
}

/** Calls `onRow` with each object in each array that is a direct field `key` of the top-level object. */
export function createRowReader(onRow: (key: string, row: unknown) => void): RowReader {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let broken = false;
  let closed = false;
  let key: string | null = null;
  let keyBytes: Buffer[] = [];
  let lastString = '';
  let inArray = false;
  let inRow = false;
  let held: Buffer[] = [];
  let heldBytes = 0;
  const keys = new Set<string>();

  const emit = (piece: Buffer) => {
    const bytes = held.length === 0 ? piece : Buffer.concat([...held, piece]);
    held = [];
    heldBytes = 0;
    inRow = false;
    try {
      onRow(key ?? '', JSON.parse(bytes.toString('utf8')));
    } catch {
      broken = true;
    }
  };

  return {
    write(chunk) {
      let rowStart = inRow ? 0 : -1;
      let stringStart = inString ? 0 : -1;
      for (let i = 0; i < chunk.length && !broken; i += 1) {
        const byte = chunk[i] as number;
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) {
            inString = false;
            if (depth === 1) {
              lastString = Buffer.concat([...keyBytes, chunk.subarray(Math.max(stringStart, 0), i)]).toString('utf8');
              keyBytes = [];
            }
          }
          continue;
        }
        if (byte === QUOTE) {
          inString = true;
          stringStart = i + 1;
          if (depth === 0) broken = true;
        } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
          if (depth === 0 && (byte !== OPEN_OBJECT || closed)) broken = true;
          if (depth === 1) inArray = byte === OPEN_ARRAY && key !== null;
          if (depth === 2 && inArray && byte === OPEN_OBJECT) {
            inRow = true;
            rowStart = i;
          }
          depth += 1;
        } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
          depth -= 1;
          if (depth < 0) broken = true;
          if (depth === 0) closed = true;
          if (depth === 1) inArray = false;
          if (depth === 2 && inRow) {
            emit(chunk.subarray(rowStart, i + 1));
            rowStart = -1;
          }
        } else if (byte === COLON) {
          if (depth === 1) {
            key = lastString;
            keys.add(key);
          }
        } else if (depth === 0 && !isBlank(byte)) broken = true;
      }
      if (broken) return;
      if (inRow) hold(chunk.subarray(rowStart));
      if (inString && depth === 1) keyBytes.push(Buffer.from(chunk.subarray(Math.max(stringStart, 0))));
    },
    end: () => (closed && depth === 0 && !broken ? { keys } : null),
  };

  function hold(piece: Buffer): void {
    heldBytes += piece.length;
    if (heldBytes > ROW_CAP_BYTES) broken = true;
    else held.push(Buffer.from(piece));
  }
}

/** Blank, or one of the three bytes of a UTF-8 byte order mark. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte >= 0xbb;
}
