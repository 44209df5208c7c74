import { absent, answered, type Endpoint, QUICK } from './endpoint.ts';
import { readReply } from './envelope.ts';
import { amount, field } from './json.ts';
import { refused } from './refusal.ts';

/**
 * `GET /health/backlog`: requests in flight in the worker that happened to answer, ours included. From 1.83 on one
 * field, in 1.106 four; 404 before.
 */
export const backlog: Endpoint<{ inFlight: number; queued: number | null; rejected: number | null }> = {
  ...QUICK,
  path: '/health/backlog',
  key: true,
  decoder: (context) => ({
    end(reply) {
      if (reply.status === 404) return absent(context, 'This release has no /health/backlog.');
      const body = readReply(reply);
      const value = body.kind === 'json' ? body.value : null;
      const inFlight = amount(field(value, 'in_flight_requests'));
      if (reply.status !== 200 || inFlight === null) return refused(reply, context);
      return answered({
        inFlight,
        queued: amount(field(value, 'queued_requests')),
        rejected: amount(field(value, 'rejected_requests')),
      });
    },
  }),
};
