import type { Identity } from '../alerts/types.ts';
import { providerNamed } from '../diagnosis/provider.ts';
import type { SafeText } from '../text/safe-text.ts';
import { literal, safe } from '../text/scrub.ts';

/** The cause in a few words, as the verdict begins with it. Classes that are not here are the user's own. */
const TITLES: Record<string, (target: SafeText) => SafeText> = {
  CREDITS: (target) => safe`${target} account is out of credit`,
  BUDGET: (target) => safe`the gateway's own budget for ${target} is used up`,
  AUTH_PROVIDER: (target) => safe`${target} refuses the gateway's credential`,
  AUTH_GATEWAY: (target) => safe`the gateway refuses keys of ${target}`,
  PERMISSION: (target) => safe`the account may not use ${target}`,
  RATE_LIMIT: (target) => safe`${target} limits the rate`,
  TIMEOUT: (target) => safe`${target} does not answer in time`,
  CONNECTION: (target) => safe`the gateway cannot connect to ${target}`,
  PROVIDER_DOWN: (target) => safe`${target} fails on its side`,
  MODEL_NOT_FOUND: (target) => safe`${target} is not known under that name`,
  NO_DEPLOYMENTS: (target) => safe`every deployment of ${target} is cooling down`,
  BAD_REQUEST: (target) => safe`requests to ${target} are not acceptable`,
  CONTEXT_WINDOW: (target) => safe`requests to ${target} are too long`,
  CONTENT_POLICY: (target) => safe`content for ${target} is blocked by policy`,
  DATABASE: () => literal("the gateway's database is not reachable: keys cannot be checked"),
  CACHE: () => literal("the gateway's Redis fails"),
  CALLBACK: (target) => safe`a logging or metrics sink of ${target} fails`,
  RESOURCE: () => literal('this machine is out of memory, disk or descriptors'),
  STARTUP: (target) => safe`${target} cannot start`,
  SERVER: (target) => safe`the gateway ${target} does not answer`,
  RESTART: (target) => safe`a ${target} of the gateway was replaced`,
  UNKNOWN: (target) => safe`${target} fails for a reason that no rule knows`,
};

export function titleOf(identity: Identity): SafeText {
  const title = TITLES[identity.class];
  const target = identity.scope === 'provider' ? displayName(identity.target) : identity.target;
  return title === undefined ? safe`${literal(identity.class)}: ${target}` : title(target);
}

/** A provider as it writes itself. */
function displayName(provider: SafeText): SafeText {
  return literal(providerNamed(provider)?.name ?? provider);
}
