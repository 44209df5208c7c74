const TENS = 0x0a0a0a0a;
const LOW = 0x7f7f7f7f;

/** How many LFs there are, four bytes at a step: counting byte by byte would cost as much as reading. */
export function countLines(bytes: Uint8Array): number {
  const lead = (4 - (bytes.byteOffset & 3)) & 3;
  if (bytes.length < 64) return countBytes(bytes, 0, bytes.length);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  let lines = countBytes(bytes, 0, lead) + countBytes(bytes, lead + words.length * 4, bytes.length);
  for (let from = 0; from < words.length; from += 127) {
    const to = Math.min(from + 127, words.length);
    let sums = 0;
    for (let at = from; at < to; at += 1) {
      const word = (words[at] as number) ^ TENS;
      // 0x80 in each byte that was an LF, and in no other.
      sums += ~(((word & LOW) + LOW) | word | LOW) >>> 7;
    }
    lines += (sums & 0xff) + ((sums >>> 8) & 0xff) + ((sums >>> 16) & 0xff) + (sums >>> 24);
  }
  return lines;
}

function countBytes(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at += 1) if (bytes[at] === 0x0a) lines += 1;
  return lines;
}
