import { answered, type Context, type Endpoint, QUICK, type Reply } from './endpoint.ts';
import { headerOf, readReply } from './envelope.ts';
import { idOf } from './identity.ts';
import { amount, field, text } from './json.ts';
import { refused } from './refusal.ts';
import type { ChatReply } from './types.ts';

/** What one probe may answer, in tokens: reasoning models fail below 16. */
export const CHAT_MAX_TOKENS = 16;

/**
 * `POST /v1/chat/completions`: one short, paid call. No fallback (another model's answer proves nothing), no cache, a
 * prompt that differs each time, and marks by which the operator recognises it in spend logs. `nonce` varies the prompt.
 */
export function chat(model: string, nonce: string): Endpoint<ChatReply> {
  return {
    ...QUICK,
    method: 'POST',
    path: '/v1/chat/completions',
    key: true,
    headersMs: 30_000,
    totalMs: 35_000,
    paid: true,
    providerMaySpeak: true,
    body: JSON.stringify({
      model,
      messages: [{ role: 'user', content: `Reply with the word pong. (${nonce})` }],
      max_tokens: CHAT_MAX_TOKENS,
      disable_fallbacks: true,
      // Else the router asks the provider three times and for 5 s before it admits a 429 or a 500 (measured 1.60.8-1.106.2).
      num_retries: 0,
      cache: { 'no-cache': true },
      user: 'skypiea-watchtower',
      // Not `tags`: with tag routing on, a tag of ours would match no deployment.
      metadata: { skypiea_watchtower: 'chat-probe' },
    }),
    decoder: (context) => ({
      end(reply) {
        const body = readReply(reply);
        const choices = body.kind === 'json' ? field(body.value, 'choices') : null;
        if (reply.status !== 200 || !Array.isArray(choices)) return refused(reply, context);
        return answered(readChat(reply, choices, context));
      },
    }),
  };
}

/** `finish_reason: length` and an empty content are a good answer: the model spoke and we cut it. */
function readChat(reply: Reply, choices: unknown[], context: Context): ChatReply {
  const shown = (name: string) => {
    const value = text(headerOf(reply, name));
    return value === null ? null : context.scrub(value, 200);
  };
  const finish = text(field(choices[0], 'finish_reason'));
  return {
    modelGroup: shown('x-litellm-model-group'),
    deploymentId: idOf(headerOf(reply, 'x-litellm-model-id'), context.scrub),
    attemptedFallbacks: amount(headerOf(reply, 'x-litellm-attempted-fallbacks')),
    attemptedRetries: amount(headerOf(reply, 'x-litellm-attempted-retries')),
    costUsd: amount(headerOf(reply, 'x-litellm-response-cost')),
    callId: shown('x-litellm-call-id'),
    finishReason: finish === null ? null : context.scrub(finish, 60),
    version: shown('x-litellm-version'),
  };
}
