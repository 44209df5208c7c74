/** Searching in bytes without decoding: what the gate is made of. */
export const ESC = 27;
export const SPACE = 32;

/** ASCII text as bytes. */
export function codes(word: string): Uint8Array {
  return Uint8Array.from(word, (char) => char.charCodeAt(0));
}

/** Of ASCII; any other byte or code as it is. */
export function lower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte | 32 : byte;
}

export function afterEscape(bytes: Uint8Array, from: number, end: number): number {
  let at = from + 1;
  if (bytes[at] === 91) at++;
  while (at < end && at < from + 32) {
    const byte = bytes[at++] as number;
    if (byte >= 64 && byte <= 126) return at;
  }
  return at;
}

export function find(bytes: Uint8Array, from: number, end: number, word: Uint8Array): number {
  const first = word[0] as number;
  const last = end - word.length;
  for (let at = from; at <= last; at++) if (bytes[at] === first && starts(bytes, at, end, word)) return at;
  return -1;
}

/** Finds any of a few words in one pass. */
export type FindAny = (bytes: Uint8Array, from: number, end: number) => boolean;

/** The words must differ in their first letters. */
export function anyOf(...words: readonly string[]): FindAny {
  const byFirst: (Uint8Array | undefined)[] = new Array(256).fill(undefined);
  const isFirst = new Uint8Array(256);
  for (const word of words.map(codes)) {
    const first = word[0] as number;
    if (isFirst[first] === 1) throw new RangeError(`two of these begin alike: ${words.join(', ')}`);
    isFirst[first] = 1;
    byFirst[first] = word;
  }
  return (bytes, from, end) => {
    for (let at = from; at < end; at++) {
      const byte = bytes[at] as number;
      if (isFirst[byte] === 1 && starts(bytes, at, end, byFirst[byte] as Uint8Array)) return true;
    }
    return false;
  };
}

export function starts(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (at + word.length > end) return false;
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false;
  return true;
}

export function containsAnyCase(bytes: Uint8Array, from: number, end: number, word: Uint8Array): boolean {
  const last = end - word.length;
  outer: for (let at = from; at <= last; at++) {
    for (let index = 0; index < word.length; index++) {
      const byte = bytes[at + index] as number;
      if (lower(byte) !== word[index]) continue outer;
    }
    return true;
  }
  return false;
}
