import type { SafeText } from '../text/safe-text.ts';
import { answered, type Endpoint, QUICK } from './endpoint.ts';
import { field, text } from './json.ts';
import { refused } from './refusal.ts';
import { createRowReader } from './rows.ts';

/** A name costs 80 to 150 bytes, and one wildcard group adds hundreds of names. */
const CAP_BYTES = 4 * 1024 * 1024;

/**
 * `GET /v1/models`: free, the check of our own key. The order is random per process before 1.83, so the names come
 * sorted, each once. A wildcard group fills the list, so its length is no number of configured models.
 */
export const models: Endpoint<{ names: SafeText[] }> = {
  ...QUICK,
  path: '/v1/models',
  key: true,
  capBytes: CAP_BYTES,
  decoder(context) {
    const names = new Set<string>();
    const reader = createRowReader((key, row) => {
      const id = text(field(row, 'id'));
      if (key === 'data' && id !== null) names.add(id);
    });
    return {
      chunk: (bytes) => reader.write(bytes),
      end(reply) {
        const read = reader.end();
        if (reply.status !== 200 || read === null || !read.keys.has('data')) return refused(reply, context);
        return answered({ names: [...names].sort().map((name) => context.scrub(name, 300)) });
      },
    };
  },
};
