import { codes, lower } from './gate-bytes.ts';

/**
 * Beginnings of words without which no rule can decide on a line that has no known form: for each first letter, the
 * stems that begin with it, in lower case. A line with none of them, and with no byte above 127, is benign.
 */
const STEMS = [
  'abort',
  'accept4',
  'alive',
  'already',
  'arrear',
  'auth',
  'bad',
  'bind',
  'block',
  'budget',
  'bus',
  'cannot',
  "can't",
  'cant',
  'close',
  'command',
  'conflict',
  'corrupt',
  'connect',
  'could',
  'crash',
  'crit',
  'cross',
  'cuda',
  'dead',
  'den',
  'deplet',
  'die',
  'disabled',
  'disconnect',
  'disk',
  'does',
  'down',
  'drop',
  'dump',
  'e',
  'fail',
  'fatal',
  'fault',
  'forbid',
  'full',
  'gave',
  'giv',
  'gone',
  'hang',
  'hung',
  'ill',
  'inc',
  'ins',
  'int',
  'inv',
  'kernel',
  'kill',
  'kubelet',
  'lack',
  'limit',
  'lost',
  'malform',
  'memory',
  'misconf',
  'miss',
  'module',
  'msg',
  'no',
  'oom',
  'out',
  'over',
  'ow',
  'panic',
  'payment',
  'permission',
  'port',
  'prema',
  'quota',
  'rate',
  'read',
  'recharg',
  'refus',
  'reject',
  'reset',
  'restart',
  'revok',
  'segf',
  'spawnerr',
  'segm',
  'sig',
  'stop',
  'stuck',
  'systemd',
  'suspend',
  'term',
  'thrott',
  'time',
  'too',
  'traceback',
  'un',
  'violat',
  'wait',
  'warn',
  'went',
  'worker',
  'wrong',
  'startup',
  'start',
  'while',
  'mapping',
  'x',
];
const byLetter: (Uint8Array[] | undefined)[] = new Array(128);
for (const stem of STEMS) {
  const letter = stem.charCodeAt(0);
  const list = byLetter[letter] ?? [];
  byLetter[letter] = list;
  list.push(codes(stem));
}
/** Stems so short that they would pass nearly every line are asked for whole. */
for (const [letter, words] of [
  [
    101,
    [
      'econn',
      'emfile',
      'empty',
      'enfile',
      'eno',
      'erro',
      'err',
      'evict',
      'exce',
      'exec',
      'exhaust',
      'exit',
      'expire',
      'eai',
      'earlyoom',
      'ehost',
      'epipe',
      'etime',
      'enet',
      'eaddr',
      'eof',
    ],
  ],
  [120, ['x-api']],
  [110, ['no ', 'not', 'noauth', 'non', 'no_']],
] as const) {
  byLetter[letter] = words.map(codes);
}

/** True when some word of the line begins as a word of failure does, or when the line is not all ASCII. */
export function hasTrigger(bytes: Uint8Array, from: number, end: number): boolean {
  let inside = false;
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte > 127) return true;
    const small = lower(byte);
    const letter = small >= 97 && small <= 122;
    // a word begins after something that is no letter, or with a capital: camelCase
    if (letter && (!inside || byte !== small) && stemAt(bytes, at, end, byLetter[small])) return true;
    inside = letter;
  }
  return false;
}

function stemAt(bytes: Uint8Array, at: number, end: number, stems: readonly Uint8Array[] | undefined): boolean {
  if (stems === undefined) return false;
  outer: for (const stem of stems) {
    if (at + stem.length > end) continue;
    for (let index = 1; index < stem.length; index++) {
      const byte = bytes[at + index] as number;
      if (lower(byte) !== stem[index]) continue outer;
    }
    return true;
  }
  return false;
}
