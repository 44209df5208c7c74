import { type Action, KEYS, type KeyBinding, TYPING_KEYS } from './keys.ts';

/** Keys that mean the same while a filter is typed: none of them is a letter. */
const ALWAYS: readonly string[] = ['ctrl+c', 'ctrl+l', 'ctrl+z', 'up', 'down', 'pageup', 'pagedown'];

/** The part of Ink's key that is used. */
export interface PressedKey {
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  readonly tab: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
}

const NAMED: readonly [keyof PressedKey, string][] = [
  ['return', 'return'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
];

/** What was pressed: a key with a name, or text; null for what can be neither. */
type Pressed = { readonly name: string } | { readonly text: string } | null;

function pressedOf(input: string, key: PressedKey): Pressed {
  if (key.tab) return { name: key.shift ? 'shift+tab' : 'tab' };
  const named = NAMED.find(([flag]) => key[flag]);
  if (named !== undefined) return { name: named[1] };
  if (key.meta || input === '') return null;
  return key.ctrl ? { name: `ctrl+${input}` } : { text: input };
}

function byName(bindings: readonly KeyBinding[]): ReadonlyMap<string, Action> {
  return new Map(bindings.flatMap(({ keys, action }) => keys.map((key): [string, Action] => [key, action])));
}

const COMMANDS = byName(KEYS);
const TYPING = new Map([...[...COMMANDS].filter(([name]) => ALWAYS.includes(name)), ...byName(TYPING_KEYS)]);

/** Longer texts than this are no keys, whatever they hold: a paste into a terminal that does not mark pastes. */
const MOST_KEYS = 16;

/** Where keys go; `isTyping` is asked anew after each of them. */
export interface KeyTarget {
  isTyping(): boolean;
  onAction(action: Action): void;
}

/**
 * Hands over what a key press asks for. A slow link hands over several presses as one text: then each letter is one of them,
 * and what follows a `/` is typed. Marked pastes do not come here.
 */
export function press(input: string, key: PressedKey, target: KeyTarget): void {
  const pressed = pressedOf(input, key);
  if (pressed === null) return;
  if ('name' in pressed) {
    const action = (target.isTyping() ? TYPING : COMMANDS).get(pressed.name);
    if (action !== undefined) target.onAction(action);
    return;
  }
  const { text } = pressed;
  if (text.length > MOST_KEYS || (target.isTyping() && holdsLines(text))) {
    paste(text, target);
    return;
  }
  let typed = '';
  const type = (): void => {
    if (typed !== '') target.onAction({ kind: 'type', text: typed });
    typed = '';
  };
  for (const letter of text) {
    const name = NAMES_OF_BYTES[letter];
    // Letters that come together stay together: some are one only with their neighbours.
    if (target.isTyping() && name === undefined) typed += letter;
    else {
      type();
      tell(target.isTyping() ? TYPING.get(name ?? '') : COMMANDS.get(name ?? letter), target);
    }
  }
  type();
}

function tell(action: Action | undefined, { onAction }: KeyTarget): void {
  if (action !== undefined) onAction(action);
}

/** Text that was pasted: it goes into the filter that is being typed, and is dropped where there is none. */
export function paste(text: string, { isTyping, onAction }: KeyTarget): void {
  if (isTyping()) onAction({ kind: 'type', text });
}

/** A line end that something follows was pasted, not typed: what is behind it must not become keys. */
function holdsLines(text: string): boolean {
  return /[\r\n]./s.test(text);
}

/** Keys whose bytes Ink names only when they come alone. */
const NAMES_OF_BYTES: Readonly<Record<string, string>> = {
  '\r': 'return',
  '\t': 'tab',
  '\u0003': 'ctrl+c',
  '\u0004': 'ctrl+d',
  '\u000c': 'ctrl+l',
  '\u0012': 'ctrl+r',
  '\u0015': 'ctrl+u',
  '\u0017': 'ctrl+w',
  '\u001a': 'ctrl+z',
};
