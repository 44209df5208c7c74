import { absent, answered, type Context, type Decoded, type Endpoint, QUICK, type Reply } from './endpoint.ts';
import { type Body, readEnvelope, readReply } from './envelope.ts';
import { amount, field, isObject } from './json.ts';
import { refused } from './refusal.ts';

/** `GET /health/latest`: rows of the gateway's own checks, only with a database; 404 in 1.60.8, 500 without one. */
export const latest: Endpoint<{ rows: number }> = {
  ...QUICK,
  path: '/health/latest',
  key: true,
  decoder: (context) => ({
    end(reply) {
      const body = readReply(reply);
      if (reply.status === 404) return absent(context, 'This release has no /health/latest.');
      if (context.keySent && isWithoutDatabase(reply, body))
        return absent(context, 'This gateway has no database for /health/latest.');
      return read(reply, body, context);
    },
  }),
};

function read(reply: Reply, body: Body, context: Context): Decoded<{ rows: number }> {
  const value = body.kind === 'json' ? body.value : null;
  const checks = field(value, 'latest_health_checks');
  if (reply.status !== 200 || (!isObject(checks) && !Array.isArray(checks))) return refused(reply, context);
  return answered({ rows: amount(field(value, 'total_models')) ?? Object.keys(checks).length });
}

/** `Database not initialized`, `DB not connected`, or the bare 500 that hides the same (measured 1.106.2). */
function isWithoutDatabase(reply: Reply, body: Body): boolean {
  if (reply.status !== 500) return false;
  if (body.kind === 'text') return body.text === 'Internal Server Error';
  const message = body.kind === 'json' ? (readEnvelope(body.value)?.message ?? '') : '';
  return /database not (initialized|connected)|db not connected|no db connected/i.test(message);
}
