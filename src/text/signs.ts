/** Says which groups of signs a text holds: bit `n` is set where a sign of group `n` occurs. Linear, whatever the signs. */
export type Signs = (text: string) => number;

const GROUPS_MAX = 32;
/** The class of all bytes that stand in no sign: from each state they lead back to the first. */
const OTHER = 0;

/** The bytes of a text, a piece at a time. One buffer for all: reading is synchronous. */
const PIECE = new Uint8Array(16_384);
const ENCODER = new TextEncoder();

/**
 * One automaton for all signs (Aho and Corasick), so that a text is read once, one step a byte, however many signs there are.
 * It reads bytes because `charCodeAt` alone takes longer than encoding and reading together. Signs are ASCII, their case
 * counts for nothing. Throws RangeError for more than 32 groups and for a sign that is empty or not ASCII.
 */
export function createSigns(groups: readonly (readonly string[])[]): Signs {
  if (groups.length > GROUPS_MAX) throw new RangeError(`${groups.length} groups of signs, at most ${GROUPS_MAX}`);
  const classes = classesOf(groups.flat());
  const states = complete(trieOf(groups, classes));
  const shift = 32 - Math.clz32(Math.max(...classes));
  const next = new Uint16Array(states.length << shift);
  for (const [at, state] of states.entries()) next.set(state.next, at << shift);
  const met = Int32Array.from(states, (state) => state.met);
  const longest = Math.max(...groups.flat().map((sign) => sign.length));
  return (text) => {
    let state = 0;
    let found = 0;
    for (let from = 0; from < text.length; ) {
      const { read, written } = ENCODER.encodeInto(from === 0 ? text : text.slice(from), PIECE);
      // a step waits for the one before it: so two halves are read in turn, the second from where a sign in it may begin
      const half = Math.min(written, (written + longest + 1) >>> 1);
      const begin = written - half;
      let second = 0;
      for (let at = 0; at < half; at += 1) {
        state = next[(state << shift) | (classes[PIECE[at] as number] as number)] as number;
        second = next[(second << shift) | (classes[PIECE[begin + at] as number] as number)] as number;
        found |= (met[state] as number) | (met[second] as number);
      }
      if (begin > 0) state = second;
      from += read;
    }
    return found;
  };
}

/** A number for each byte that stands in a sign: few, so that the table of the automaton stays small. */
function classesOf(signs: readonly string[]): Uint8Array {
  const classes = new Uint8Array(256).fill(OTHER);
  let last = OTHER;
  for (const sign of signs) {
    if (!/^[\0-\x7f]+$/.test(sign)) throw new RangeError(`a sign is ASCII and not empty: ${JSON.stringify(sign)}`);
    for (const byte of Buffer.from(sign.toLowerCase())) if (classes[byte] === OTHER) classes[byte] = last += 1;
  }
  for (let upper = 65; upper <= 90; upper += 1) classes[upper] = classes[upper | 32] as number;
  return classes;
}

/** A beginning of signs that has been read. */
interface State {
  /** The state that follows, for each class; 0 where none is known yet. */
  next: number[];
  /** The groups of the signs that end here. */
  met: number;
}

function trieOf(groups: readonly (readonly string[])[], classes: Uint8Array): State[] {
  const width = Math.max(...classes) + 1;
  const begin = (): State => ({ next: new Array<number>(width).fill(0), met: 0 });
  const states = [begin()];
  const add = (sign: string, bit: number): void => {
    let state = states[0] as State;
    for (const byte of Buffer.from(sign)) {
      const of = classes[byte] as number;
      state.next[of] ||= states.push(begin()) - 1;
      state = states[state.next[of] as number] as State;
    }
    state.met |= bit;
  };
  for (const [group, signs] of groups.entries()) for (const sign of signs) add(sign, 1 << group);
  return states;
}

/** Where a sign cannot go on, what was read may end with the beginning of another: the shorter ones are complete before. */
function complete(states: State[]): State[] {
  const first = states[0] as State;
  const waiting = first.next.filter((at) => at > 0).map((at) => ({ at, shorter: first }));
  for (const { at, shorter } of waiting) {
    const state = states[at] as State;
    state.met |= shorter.met;
    for (const [of, follows] of shorter.next.entries()) {
      const own = state.next[of] as number;
      if (own > 0) waiting.push({ at: own, shorter: states[follows] as State });
      else state.next[of] = follows;
    }
  }
  return states;
}
