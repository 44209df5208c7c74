declare const safe: unique symbol;

/**
 * Text that may reach a screen, a file or a socket: sanitised (no control, escape or bidirectional character) and
 * redacted (no secret). Only `src/text/` makes one; components and reports accept nothing else.
 */
export type SafeText = string & { readonly [safe]: true };

/**
 * Turns text from outside into `SafeText`: sanitise, then redact (shapes of secrets and the exact values that we know),
 * then cut to `maxChars` graphemes where given.
 */
export type Scrub = (raw: string, maxChars?: number) => SafeText;
