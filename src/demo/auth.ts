import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, authError } from './answers.ts';

/** The message in the log, where a key was refused, and the answer to it; null when the key is right. */
export interface Refusal {
  message: string;
  answer: Answer;
}

/** Checks a key as LiteLLM with a database does (bodies: recorded from 1.106.2; the unknown key from its documentation). */
export function checkKey(headers: IncomingHttpHeaders, masterKey: string): Refusal | null {
  const key = keyIn(headers);
  if (key === masterKey) return null;
  if (key === null) return refuse('No api key passed in.');
  if (key === '') return refuse('Malformed API Key passed in. Ensure Key has `Bearer ` prefix.');
  if (!key.startsWith('sk-')) {
    return refuse(`LiteLLM Virtual Key expected. Received=${key.slice(0, 4)}****, expected to start with 'sk-'.`);
  }
  const hash = createHash('sha256').update(key).digest('hex');
  const message = `Invalid proxy server token passed. Received API Key = sk-...${key.slice(-4)}, Key Hash (Token) =${hash}. Unable to find token in cache or \`LiteLLM_VerificationTokenTable\``;
  return { message, answer: authError(message, 'token_not_found_in_db', 'key') };
}

function refuse(message: string): Refusal {
  return { message, answer: authError(message) };
}

/** Null: none was sent. Empty: it came without `Bearer `. */
function keyIn(headers: IncomingHttpHeaders): string | null {
  const bare = headers['x-litellm-api-key'] ?? headers['x-api-key'] ?? headers['api-key'];
  if (typeof bare === 'string') return bare.replace(/^Bearer /, '');
  const { authorization } = headers;
  if (authorization === undefined) return null;
  const [, scheme, key] = /^(bearer|basic) +(\S+)$/i.exec(authorization) ?? [];
  return scheme === undefined ? '' : (key ?? '');
}
