const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;
const SECOND_CHARS = '2026-11-24T08:14:02'.length;
const ZERO = 48;

/** Most records are of the same second as the one before. */
let last = { second: '', at: Number.NaN };

/** The time of a container's record, `2026-11-24T08:14:02.123456789Z`, in whole ms; null for anything else. */
export function stampOf(text: string): number | null {
  const same = text.length === 30 && text.startsWith(last.second) && text.endsWith('Z') && last.second !== '';
  const millis = same ? millisIn(text) : -1;
  if (millis >= 0) return last.at + millis;
  const match = STAMP.exec(text);
  if (match === null) return null;
  const at = Date.parse(`${match[1]}${match[3]}`);
  if (Number.isNaN(at)) return null;
  if (match[3] === 'Z') last = { second: text.slice(0, SECOND_CHARS), at };
  return at + Number((match[2] ?? '').slice(0, 3).padEnd(3, '0'));
}

/** Of `.123456789Z` behind the second; -1 for anything else. */
function millisIn(text: string): number {
  if (text[SECOND_CHARS] !== '.') return -1;
  let value = 0;
  for (let at = SECOND_CHARS + 1; at < text.length - 1; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    if (at <= SECOND_CHARS + 3) value = value * 10 + digit;
  }
  return value;
}
