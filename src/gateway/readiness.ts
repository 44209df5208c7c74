import { answered, type Context, type Decoded, type Endpoint, QUICK, type Reply } from './endpoint.ts';
import { readReply } from './envelope.ts';
import { field, isObject, text } from './json.ts';
import { refused } from './refusal.ts';
import type { DatabaseState, Readiness } from './types.ts';

/**
 * `GET /health/readiness`: no key, one database ping. The long body up to 1.83, `status` and `db` from 1.84 on. `status`
 * says `healthy` even with 503 and a dead database, so only the code and `db` count.
 */
export const readiness: Endpoint<Readiness> = {
  ...QUICK,
  path: '/health/readiness',
  key: false,
  decoder: (context) => ({ end: (reply) => readReadiness(reply, context) }),
};

/** Shared with `/health/readiness/details`, whose body is the long one. */
export function readReadiness(reply: Reply, context: Context): Decoded<Readiness> {
  const body = readReply(reply);
  const value = body.kind === 'json' ? body.value : null;
  const known = isObject(value) && (Object.hasOwn(value, 'db') || field(value, 'status') === 'healthy');
  if (!known || (reply.status !== 200 && reply.status !== 503)) return refused(reply, context);
  const version = text(field(value, 'litellm_version'));
  const debug = field(value, 'is_detailed_debug');
  return answered({
    database: databaseOf(text(field(value, 'db')), reply.status),
    cache: cacheOf(value, context),
    version: version === null ? null : context.scrub(version, 60),
    detailedDebug: typeof debug === 'boolean' ? debug : null,
  });
}

function databaseOf(db: string | null, status: number): DatabaseState {
  switch (db?.toLowerCase()) {
    case 'connected':
      return status === 503 ? 'DISCONNECTED' : 'CONNECTED';
    case 'not connected':
      return 'NONE';
    case 'disconnected':
      return 'DISCONNECTED';
    default:
      // Around 1.84.0 the body is only `{"status":"healthy"}` and 503 is the sole sign of a dead database.
      return status === 503 ? 'DISCONNECTED' : 'UNKNOWN';
  }
}

function cacheOf(value: unknown, context: Context): Readiness['cache'] {
  if (!isObject(value) || !Object.hasOwn(value, 'cache')) return null;
  const cache = field(value, 'cache');
  return context.scrub(text(cache) ?? text(field(cache, 'type')) ?? (cache === null ? 'none' : 'unnamed'), 60);
}
