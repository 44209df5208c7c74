import { absent, type Endpoint, QUICK } from './endpoint.ts';
import { readReadiness } from './readiness.ts';
import type { Readiness } from './types.ts';

/** `GET /health/readiness/details`: the long body behind a key, since 1.84; 404 before. */
export const readinessDetails: Endpoint<Readiness> = {
  ...QUICK,
  path: '/health/readiness/details',
  key: true,
  decoder: (context) => ({
    end: (reply) =>
      reply.status === 404
        ? absent(context, 'This release has no /health/readiness/details; /health/readiness says it all.')
        : readReadiness(reply, context),
  }),
};
