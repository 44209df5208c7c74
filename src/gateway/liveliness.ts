import { answered, type Endpoint, QUICK } from './endpoint.ts';
import { headerOf, readReply } from './envelope.ts';
import { refusal, refused } from './refusal.ts';

/** `GET /health/liveliness`: no key, no cost, the JSON string `"I'm alive!"` (measured 1.60.8-1.106.2). */
export const liveliness: Endpoint<{ alive: true }> = {
  ...QUICK,
  path: '/health/liveliness',
  key: false,
  decoder: (context) => ({
    end(reply) {
      const body = readReply(reply);
      if (reply.status === 200 && body.kind === 'json' && typeof body.value === 'string' && /alive/i.test(body.value)) {
        return answered({ alive: true });
      }
      if (reply.status !== 404 || headerOf(reply, 'x-litellm-call-id') !== null) return refused(reply, context);
      // Every LiteLLM has this path, so a 404 comes from another program or from below a path prefix.
      return {
        kind: 'failed',
        failure: {
          ...refusal(reply, context),
          code: 'NOT_LITELLM',
          text: context.scrub(`${context.where} answers, but has no /health/liveliness, which every LiteLLM has.`),
          next: context.scrub('Check --url, its port and its path prefix (SERVER_ROOT_PATH).'),
        },
      };
    },
  }),
};
