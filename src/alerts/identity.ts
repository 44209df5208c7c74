import type { SafeText } from '../text/safe-text.ts';
import type { Identity } from './types.ts';

/** `CLASS|scope|target|credential`: the same whoever computes it. Parts hold no `|` of their own. */
export function keyOf(identity: Identity): SafeText {
  const parts = [identity.class, identity.scope, identity.target, identity.credential];
  return parts.map((part) => part.replaceAll('|', '/')).join('|') as SafeText;
}
