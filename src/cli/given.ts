/** The call itself is wrong: one line for standard error, exit code 3. */
export class UsageError extends Error {}

/** What was given on the command line: settings by name, and what belongs to a command alone. */
export interface Given {
  flags: Record<string, string | boolean | string[]>;
  own: Record<string, unknown>;
  words: string[];
}
