import type { SafeText } from '../src/text/safe-text.ts';
import { literal } from '../src/text/scrub.ts';

/** Where a command line for the reader's own shell is sent, and how it names the key without holding it. */
export interface CurlTarget {
  readonly url: string;
  /** `Authorization`, or what the gateway wants in its place. */
  readonly keyHeader: string;
  /** Name of the variable that holds the key; null where no key is used. */
  readonly keyVariable: string | null;
}

/**
 * A `curl` that asks the gateway for one chat reply of `model`, on several lines that a shell takes as one command. The
 * key stays a variable of the reader's shell.
 */
export function chatCurl(target: CurlTarget, model: string): SafeText {
  const json = [`{"model":${JSON.stringify(model)},"max_tokens":16,`, '"messages":[{"role":"user","content":"ping"}]}'];
  // A line feed between two members is white space to JSON.
  return curl(target, '/v1/chat/completions', ["-H 'Content-Type: application/json'", `-d ${quote(json.join('\n'))}`]);
}

/** A `curl` that asks for the gateway's `path`. */
export function getCurl(target: CurlTarget, path: string): SafeText {
  return curl(target, path, []);
}

function curl({ url, keyHeader, keyVariable }: CurlTarget, path: string, rest: readonly string[]): SafeText {
  const bearer = keyHeader.toLowerCase() === 'authorization' ? 'Bearer ' : '';
  const key = keyVariable === null ? [] : [`-H "${keyHeader}: ${bearer}$${keyVariable}"`];
  return literal([`curl -sS ${quote(`${url.replace(/\/+$/, '')}${path}`)}`, ...key, ...rest].join(' \\\n '));
}

/** Quotes for a POSIX shell, and only where it needs them. */
function quote(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The variable's name out of `.env line 3, LITELLM_MASTER_KEY`; the usual one where the origin names none. */
export function keyVariableOf(keyFrom: string | null): string {
  return /[A-Z][A-Z0-9_]*_KEY/.exec(keyFrom ?? '')?.[0] ?? 'LITELLM_MASTER_KEY';
}
