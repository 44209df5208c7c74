import dotenv from 'dotenv';
import { expandBindings } from './dotenv-expand.ts';

/** One name of a `.env` file: `value` is null where the name stands without `=`. `line` counts from 1. */
export interface DotenvEntry {
  name: string;
  value: string | null;
  line: number;
}

/** A statement as written, before `${...}` is expanded; `name` is null for what could not be read. */
export interface Binding {
  name: string | null;
  value: string | null;
  line: number;
}

/**
 * Reads a `.env` text as LiteLLM itself does, through python-dotenv 1.2's `load_dotenv()` (its `parser.py`): the same
 * names with the same values, in order of first appearance, the last of duplicates winning. `${NAME}` is expanded, and there
 * `environment` beats the file. Linear in the length of `text`.
 */
export function parseDotenv(text: string, environment: Readonly<Record<string, string | undefined>>): DotenvEntry[] {
  return expandBindings(readBindings(text), environment);
}

/** The statements of the text in order, those that python-dotenv skips with a warning as `name: null`. */
export function readBindings(text: string): Binding[] {
  // Python opens the file in text mode: every line end arrives as LF, inside quotes too.
  const reader = new Reader(text.replace(/\r\n?/g, '\n'));
  const bindings: Binding[] = [];
  for (;;) {
    reader.skip(isSpace);
    if (reader.atEnd()) return bindings;
    const line = reader.line();
    const binding = reader.plainLine() ?? statement(reader);
    if (binding !== null) bindings.push({ ...binding, line });
  }
}

type Statement = Omit<Binding, 'line'>;
const UNREADABLE: Statement = { name: null, value: null };

/** null for a comment. */
function statement(reader: Reader): Statement | null {
  const read = tryStatement(reader);
  if (read === 'comment') return null;
  if (read !== null) return read;
  reader.skip((char) => char !== '\n');
  return UNREADABLE;
}

function tryStatement(reader: Reader): Statement | 'comment' | null {
  reader.skipExport();
  const comment = reader.peek() === '#';
  const name = comment ? null : reader.name();
  if (!comment && name === null) return null;
  reader.skip(isBlank);
  let value: string | null = null;
  if (reader.peek() === '=') {
    reader.step();
    reader.skip(isBlank);
    value = readValue(reader);
    if (value === null) return null;
  }
  reader.skip(isBlank);
  if (reader.peek() === '#') reader.skip((char) => char !== '\n');
  if (!reader.atEnd() && reader.peek() !== '\n') return null;
  return name === null ? 'comment' : { name, value };
}

function readValue(reader: Reader): string | null {
  const quote = reader.peek();
  if (quote === "'" || quote === '"') {
    const raw = reader.quoted(quote);
    return raw === null ? null : unescaped(raw, quote);
  }
  return withoutComment(reader.skip((char) => char !== '\n'));
}

/** The letters that stand for themselves or for a control after a backslash, per kind of quote. */
const ESCAPES: Record<"'" | '"', Readonly<Record<string, string>>> = {
  "'": { '\\': '\\', "'": "'" },
  '"': {
    '\\': '\\',
    "'": "'",
    '"': '"',
    a: '\x07',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
  },
};

function unescaped(raw: string, quote: "'" | '"'): string {
  return raw.replace(/\\(.)/gs, (whole, letter: string) => ESCAPES[quote][letter] ?? whole);
}

/** A `#` begins a comment only after white space; what is left loses its trailing white space. */
function withoutComment(raw: string): string {
  let end = raw.length;
  for (let hash = raw.indexOf('#', 1); hash !== -1; hash = raw.indexOf('#', hash + 1)) {
    if (!isSpace(raw.charAt(hash - 1))) continue;
    end = hash;
    break;
  }
  while (end > 0 && isSpace(raw.charAt(end - 1))) end -= 1;
  return raw.slice(0, end);
}

/** Python's `\s` and `str.isspace()`: unlike JavaScript's it has the separators 1C to 1F and NEL, and not the BOM. */
function isSpace(char: string): boolean {
  return /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(char);
}

function isBlank(char: string): boolean {
  return char !== '\n' && char !== '\r' && isSpace(char);
}

/** What the dotenv package and python-dotenv read alike for certain; the tables and a property in the tests hold them to it. */
const PLAIN_LINE = /[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9_.,:;/@%+=*!?&|~^-]*(?=\n|$)/y;

class Reader {
  readonly #text: string;
  #at = 0;
  #lineAt = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  peek(): string {
    return this.#text.charAt(this.#at);
  }

  step(): void {
    this.#at += 1;
  }

  skip(wanted: (char: string) => boolean): string {
    const from = this.#at;
    while (!this.atEnd() && wanted(this.peek())) this.#at += 1;
    return this.#text.slice(from, this.#at);
  }

  line(): number {
    for (; this.#lineAt < this.#at; this.#lineAt += 1) if (this.#text[this.#lineAt] === '\n') this.#line += 1;
    return this.#line;
  }

  plainLine(): Statement | null {
    PLAIN_LINE.lastIndex = this.#at;
    const line = PLAIN_LINE.exec(this.#text)?.[0];
    if (line === undefined) return null;
    const [entry] = Object.entries(dotenv.parse(line));
    if (entry === undefined) return null;
    this.#at += line.length;
    return { name: entry[0], value: entry[1] };
  }

  /** The word counts only before white space: `export=1` sets a variable of that name. */
  skipExport(): void {
    if (!this.#text.startsWith('export', this.#at)) return;
    const from = this.#at;
    this.#at += 'export'.length;
    if (this.skip(isBlank) === '') this.#at = from;
  }

  name(): string | null {
    if (this.peek() !== "'") return this.skip((char) => char !== '=' && char !== '#' && !isSpace(char)) || null;
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end <= this.#at + 1) return null;
    const name = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return name;
  }

  /**
   * The text between quotes. Where no closing quote follows, the last escaped one closes, as the backtracking of
   * python-dotenv's regular expression has it; null where there is none at all.
   */
  quoted(quote: string): string | null {
    const from = this.#at + 1;
    let lastEscaped = -1;
    let at = from;
    for (; at < this.#text.length; at += 1) {
      const char = this.#text[at];
      if (char === quote) break;
      if (char === '\\' && this.#text[at + 1] === quote) {
        at += 1;
        lastEscaped = at;
      }
    }
    if (at >= this.#text.length) at = lastEscaped;
    if (at === -1) return null;
    this.#at = at + 1;
    return this.#text.slice(from, at);
  }
}
