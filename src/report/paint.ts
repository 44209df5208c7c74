/** How a line may look: colour only marks what needs a human, and words carry the meaning without it. */
export interface Paint {
  crit(text: string): string;
  warn(text: string): string;
  unknown(text: string): string;
  strong(text: string): string;
  /** By the word of a state. */
  state(word: string): string;
}

const plain = (text: string): string => text;

const CRIT = new Set(['CRIT', 'DOWN', 'WEDGED', 'REJECTED', 'FIRING', 'DISCONNECTED']);
const WARN = new Set([
  'WARN',
  'DEGRADED',
  'COOLING',
  'STARTING',
  'DRAINING',
  'MISSING',
  'PENDING',
  'RECOVERING',
  'PROBE_ARTEFACT',
  'UNREADABLE',
]);

export function createPaint(color: boolean): Paint {
  const sgr = (code: string) => (color ? (text: string) => `\u001b[${code}m${text}\u001b[0m` : plain);
  const crit = sgr('1;31');
  const warn = sgr('33');
  const unknown = sgr('35');
  const strong = sgr('1');
  return {
    crit,
    warn,
    unknown,
    strong,
    state: (word) =>
      CRIT.has(word) ? crit(word) : WARN.has(word) ? warn(word) : word === 'UNKNOWN' ? unknown(word) : word,
  };
}
