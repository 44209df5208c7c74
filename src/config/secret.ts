const REVEAL_FROM_LENGTH = 16;

/** A secret that no printing gives away: only `reveal` does, for the one header that it is sent in. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask(this.#value);
  }

  toJSON(): string {
    return mask(this.#value);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return mask(this.#value);
  }
}

/** `sk-…x9`: enough to tell two keys apart, at most the last two characters, and none of a short one. */
function mask(value: string): string {
  if (value.length < REVEAL_FROM_LENGTH) return '[redacted]';
  return `${value.startsWith('sk-') ? 'sk-' : ''}…${value.slice(-2)}`;
}
