import { useInput, usePaste } from 'ink';
import { type KeyTarget, paste, press } from '../components/press.ts';

/** Hands over what the keys ask for, by the one table. Pasted text is no key press. */
export function useKeymap(target: KeyTarget): void {
  usePaste((text) => paste(text, target));
  useInput((input, key) => press(input, key, target));
}
