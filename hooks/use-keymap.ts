import { useInput, usePaste } from 'ink';
import { type Action, actionsOf } from '../components/keys.ts';

/** Hands over what the keys ask for, by the one table. */
export function useKeymap(onAction: (action: Action) => void): void {
  // Pasted text is no key press: taken, and dropped.
  usePaste(ignore);
  useInput((input, key) => {
    for (const action of actionsOf(input, key)) onAction(action);
  });
}

function ignore(): void {}
