/** A random number from 0 to below `below`. */
export type Random = (below: number) => number;

/** Numbers that look random and are the same in each run. */
export function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % below;
  };
}

/**
 * A text that an expression is likely to match, made along its source: alternatives, groups, classes, repeats and back
 * references. What looks ahead stands there as well, what looks behind or for what must not stand there is left out, so that the caller has to try whether the text does match. Cases are mixed where
 * the expression ignores them.
 */
export function matching(pattern: RegExp, random: Random): string {
  const made = new Writer(pattern.source, random).alternatives();
  if (!pattern.ignoreCase || random(2) === 0) return made;
  return [...made].map((char) => (random(3) === 0 ? char.toUpperCase() : char)).join('');
}

const REPEAT_MAX = 6;
const CLASSES: Record<string, string> = {
  w: 'abcxyzABCXYZ0189_',
  d: '0123456789',
  s: ' \n\t',
  S: 'abZ9_.:-"/',
  W: ' .:-"/',
  D: 'abZ ',
};
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', 0: '\0' };

class Writer {
  private at = 0;
  private readonly groups: string[] = [];
  private readonly source: string;
  private readonly random: Random;

  constructor(source: string, random: Random) {
    this.source = source;
    this.random = random;
  }

  /** Reads alternatives up to the end or the closing bracket and makes one of them. */
  alternatives(): string {
    const made = [''];
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      if (this.source[this.at] === '|') {
        this.at += 1;
        made.push('');
      } else made[made.length - 1] += this.repeated();
    }
    return made[this.random(made.length)] as string;
  }

  private repeated(): string {
    const from = this.at;
    let made = this.atom();
    const after = this.at;
    const [least, most] = this.quantifier();
    const end = this.at;
    const times = least + this.random(Math.min(most, least + REPEAT_MAX) - least + 1);
    if (times === 0) return '';
    for (let time = 1; time < times; time++) {
      this.at = from;
      made += this.atom();
    }
    if (after < end) this.at = end;
    return made;
  }

  private quantifier(): [number, number] {
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.source.slice(this.at));
    if (found === null) return [1, 1];
    this.at += found[0].length;
    if (found[1] !== undefined) return found[1] === '?' ? [0, 1] : [found[1] === '*' ? 0 : 1, REPEAT_MAX];
    const least = Number(found[2]);
    return [least, found[3] === '' ? least : found[4] === '' ? least + REPEAT_MAX : Number(found[4])];
  }

  private atom(): string {
    const char = this.source[this.at++] as string;
    if (char === '(') return this.group();
    if (char === '[') return this.oneOf();
    if (char === '\\') return this.escape();
    if (char === '.') return 'aZ 0.'[this.random(5)] as string;
    return char === '^' || char === '$' ? '' : char;
  }

  private group(): string {
    const around = /^\?<?[!=]/.exec(this.source.slice(this.at))?.[0];
    const silent = around ?? (this.source.startsWith('?:', this.at) ? '?:' : '');
    const number = silent === '' ? this.groups.push('') - 1 : -1;
    this.at += silent.length;
    const made = this.alternatives();
    this.at += 1;
    if (number >= 0) this.groups[number] = made;
    return around === undefined || around === '?=' ? made : '';
  }

  private escape(): string {
    const char = this.source[this.at++] as string;
    if (char === 'b' || char === 'B') return '';
    if (char === 'x') return this.code(2);
    if (char === 'u') return this.code(4);
    if (/[1-9]/.test(char)) return this.groups[Number(char) - 1] ?? '';
    const of = CLASSES[char];
    return of === undefined ? (ESCAPES[char] ?? char) : (of[this.random(of.length)] as string);
  }

  private code(digits: number): string {
    this.at += digits;
    return String.fromCharCode(Number.parseInt(this.source.slice(this.at - digits, this.at), 16));
  }

  /** A class of characters; of one that says what must not stand there, something else. */
  private oneOf(): string {
    const not = this.source[this.at] === '^';
    if (not) this.at += 1;
    const ranges: string[] = [];
    while (this.source[this.at] !== ']') {
      const escaped = this.source[this.at] === '\\';
      if (escaped) this.at += 1;
      const first = escaped ? this.escape() : (this.source[this.at++] as string);
      const class_ = escaped ? CLASSES[this.source[this.at - 1] as string] : undefined;
      if (class_ !== undefined) ranges.push(class_);
      else if (this.source[this.at] === '-' && this.source[this.at + 1] !== ']') ranges.push(this.range(first));
      else ranges.push(first);
    }
    this.at += 1;
    const chars = ranges.join('');
    if (!not) return chars[this.random(chars.length)] as string;
    const others = [...'aZ 0.-:/'].filter((char) => !chars.includes(char));
    return others[this.random(others.length)] ?? '~';
  }

  private range(first: string): string {
    this.at += 1;
    if (this.source[this.at] === '\\') this.at += 1;
    const last = (this.source[this.at++] as string).charCodeAt(0);
    const from = first.charCodeAt(0);
    return Array.from({ length: Math.min(last - from + 1, 128) }, (_none, step) =>
      String.fromCharCode(from + step),
    ).join('');
  }
}
