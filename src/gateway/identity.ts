import { createHash } from 'node:crypto';
import type { SafeText, Scrub } from '../text/safe-text.ts';
import { text } from './json.ts';

/** Host (and port, if it is not the scheme's own) of an `api_base`; credentials, path and query are left behind. */
export function hostOf(apiBase: unknown): string | null {
  if (typeof apiBase !== 'string' || apiBase === '') return null;
  const withScheme = apiBase.includes('://') ? apiBase : `http://${apiBase}`;
  if (!URL.canParse(withScheme)) return null;
  const { host } = new URL(withScheme);
  return host === '' ? null : host;
}

/**
 * A mark that is equal for equal `api_base`s: two backends on one host differ in their paths, which may hold a secret
 * and so are never kept themselves.
 */
export function backendOf(apiBase: unknown): string | null {
  return typeof apiBase === 'string' && apiBase !== ''
    ? createHash('sha256').update(apiBase).digest('base64url').slice(0, 12)
    : null;
}

/** The first part of a provider string: `openrouter` of `openrouter/anthropic/claude-sonnet-4.5`. */
export function providerOf(model: string): string | null {
  const slash = model.indexOf('/');
  return slash > 0 ? model.slice(0, slash) : null;
}

/**
 * A deployment's id. LiteLLM makes them as SHA-256 in hex, which is also the shape of a key's hash: a redactor would
 * make all of them one. In this place it is an id, so it stays; any other text is scrubbed.
 */
export function idOf(value: unknown, scrub: Scrub): SafeText | null {
  const raw = text(value);
  if (raw === null) return null;
  return /^[0-9a-f]{64}$/.test(raw) ? (raw as SafeText) : scrub(raw, 200);
}
