const LF = 0x0a;
/** No text and no binary record holds so many NULs in a row: a crash left a hole in a file that was being written. */
const HOLE_BYTES = 280;

const MAGIC: readonly (readonly [bytes: readonly number[], name: string])[] = [
  [[0x1f, 0x8b], 'gzip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd'],
  [[0x42, 0x5a, 0x68], 'bzip2'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz'],
];

/**
 * Why these first bytes read are no log, null where they may be one. Runs of NUL at a line's beginning are a writer's
 * hole after copytruncate and say nothing; NULs within lines are UTF-16 or a binary record (lastlog, wtmp).
 */
export function contentOf(bytes: Buffer, offset: number): string | null {
  if (offset === 0) {
    const packed = MAGIC.find(
      ([magic]) => magic.length <= bytes.length && magic.every((byte, at) => bytes[at] === byte),
    );
    if (packed) return `packed with ${packed[1]}, skipped`;
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
      return 'UTF-16 text, skipped: only UTF-8 is read';
  }
  const sample = bytes.subarray(0, 4096);
  if (!sample.includes(0)) return null;
  const { text, even, odd } = countNuls(sample);
  const nuls = even + odd;
  if (text < 4 || nuls * 8 < text) return null;
  const paired = Math.max(even, odd) * 10 >= nuls * 9 && nuls * 3 >= text;
  return paired ? 'UTF-16 text, skipped: only UTF-8 is read' : 'binary, skipped';
}

/** True where a run of NULs begins that is no part of a record. */
function holeAt(sample: Buffer, at: number): boolean {
  if (sample.length - at < HOLE_BYTES) return false;
  for (let end = at; end < at + HOLE_BYTES; end += 1) if (sample[end] !== 0) return false;
  return true;
}

/** Bytes and NULs that stand within lines, the NULs by the parity of their place. */
function countNuls(sample: Buffer): { text: number; even: number; odd: number } {
  let text = 0;
  let even = 0;
  let odd = 0;
  let begin = true;
  for (let at = 0; at < sample.length; at += 1) {
    const byte = sample[at];
    if (byte === 0 && begin) continue;
    if (byte === 0 && holeAt(sample, at)) {
      while (sample[at + 1] === 0) at += 1;
      continue;
    }
    begin = byte === LF;
    text += 1;
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  return { text, even, odd };
}
