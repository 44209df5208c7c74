import { absent, answered, BODY_CAP_BYTES, type Endpoint, QUICK } from './endpoint.ts';
import { refused } from './refusal.ts';

/**
 * `GET /metrics/` (with the slash: without it LiteLLM answers a 307 to an absolute URL). Only whether it is there: at
 * most 1 MiB is read, so `bytes` is a lower bound. 404 without the prometheus callback.
 */
export const metrics: Endpoint<{ bytes: number }> = {
  ...QUICK,
  path: '/metrics/',
  key: true,
  capBytes: BODY_CAP_BYTES,
  stopAtCap: true,
  decoder(context) {
    return {
      end(reply) {
        if (reply.status === 404) return absent(context, 'The prometheus callback is off, so there are no metrics.');
        if (reply.status !== 200 || reply.text.trimStart().startsWith('<')) return refused(reply, context);
        return answered({ bytes: reply.bytes });
      },
    };
  },
};
