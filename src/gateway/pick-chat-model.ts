import type { SafeText } from '../text/safe-text.ts';
import { CHAT_MAX_TOKENS } from './chat.ts';
import { callUsd, isPriced } from './cost.ts';
import type { DeploymentInfo } from './types.ts';

/** Words in a name that mean another kind of model, where the gateway gives no mode. One alternation, no repetition. */
const OTHER_KIND =
  /embed|image|dall-e|whisper|tts|audio|speech|transcri|moderation|rerank|realtime|video|diffusion|imagen|flux|sora|veo|ocr|safeguard|llama-guard/i;

/**
 * The public name to probe: `wished` if there is one, else the cheapest chat model. Never a wildcard, a `:free` route,
 * an embedding, image, audio or moderation model; a name is out when any of its deployments is. A known price beats an
 * unknown one, a declared chat mode beats a silent one, then the name decides, so that the choice stays the same.
 * null: nothing qualifies. Pure.
 */
export function pickChatModel(deployments: readonly DeploymentInfo[], wished: SafeText | null = null): SafeText | null {
  if (wished !== null) return wished;
  const candidates = [...Map.groupBy(deployments, (info) => info.name)]
    .filter(([, group]) => group.every(isChat))
    .map(([name, group]) => ({
      name,
      priced: group.every(isPriced),
      declared: group.every((info) => info.mode === 'chat'),
      usd: Math.max(...group.map((info) => callUsd(info, CHAT_MAX_TOKENS))),
    }));
  candidates.sort(
    (a, b) =>
      Number(b.priced) - Number(a.priced) ||
      a.usd - b.usd ||
      Number(b.declared) - Number(a.declared) ||
      (a.name < b.name ? -1 : 1),
  );
  return candidates[0]?.name ?? null;
}

function isChat(info: DeploymentInfo): boolean {
  if (info.wildcard || info.name === '') return false;
  if (info.mode !== null && info.mode !== 'chat') return false;
  const words = `${info.name} ${info.model}`;
  return !words.includes(':free') && !OTHER_KIND.test(words);
}
