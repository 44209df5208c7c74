import type { SafeText } from '../text/safe-text.ts';
import { absent, answered, type Endpoint, QUICK } from './endpoint.ts';
import { readReply } from './envelope.ts';
import { field, isObject, text } from './json.ts';
import { refused } from './refusal.ts';

/** `GET /public/model_hub/info`: the version without a key, from 1.74 on; 404 in 1.60.8. */
export const hub: Endpoint<{ version: SafeText | null }> = {
  ...QUICK,
  path: '/public/model_hub/info',
  key: false,
  decoder: (context) => ({
    end(reply) {
      if (reply.status === 404) return absent(context, 'This release has no /public/model_hub/info.');
      const body = readReply(reply);
      if (reply.status !== 200 || body.kind !== 'json' || !isObject(body.value)) return refused(reply, context);
      const version = text(field(body.value, 'litellm_version'));
      return answered({ version: version === null ? null : context.scrub(version, 60) });
    },
  }),
};
