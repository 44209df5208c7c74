import type { Shape } from './secret-shapes.ts';
import { hidden } from './secret-words.ts';

const LENGTH = 64;
const HASH = /(?<![A-Za-z0-9:])[0-9a-f]{64}(?![A-Za-z0-9])/g;

/** SHA-256 in hexadecimal: LiteLLM names a key so. */
export const KEY_HASH: Shape = {
  hide: (text) => (mayHold(text) ? text.replace(HASH, hidden('hash')) : text),
};

/** A run of 64 covers each 64th place: only about these is anything read, and no run twice. */
function mayHold(text: string): boolean {
  for (let at = LENGTH - 1; at < text.length; at += LENGTH) {
    if (!isHex(text, at)) continue;
    let begin = at;
    while (at - begin < LENGTH - 1 && isHex(text, begin - 1)) begin -= 1;
    let end = at + 1;
    while (end - begin < LENGTH && isHex(text, end)) end += 1;
    if (end - begin === LENGTH) return true;
  }
  return false;
}

function isHex(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
}
