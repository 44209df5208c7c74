import { useInput } from 'ink';
import { type Action, actionsOf } from '../components/keys.ts';

/** Hands over what the keys ask for, by the one table. */
export function useKeymap(onAction: (action: Action) => void): void {
  useInput((input, key) => {
    for (const action of actionsOf(input, key)) onAction(action);
  });
}
