import { type Landmark, PANELS, type PanelId } from './panel-content.ts';

/** What a key asks for. */
export type Action =
  | { kind: 'close-or-quit' }
  | { kind: 'quit' }
  | { kind: 'refresh' }
  | { kind: 'rediscover' }
  | { kind: 'repaint' }
  | { kind: 'suspend' }
  | { kind: 'help' }
  | { kind: 'focus'; panel: PanelId }
  | { kind: 'focus-step'; step: 1 | -1 }
  | { kind: 'move'; unit: 'row' | 'half' | 'page'; step: 1 | -1 }
  | { kind: 'edge'; to: 'first' | 'last' }
  | { kind: 'open' }
  | { kind: 'back' }
  | { kind: 'zoom' }
  | { kind: 'problems' }
  | { kind: 'close' }
  | { kind: 'filter' }
  | { kind: 'type'; text: string }
  | { kind: 'erase'; unit: 'letter' | 'word' | 'all' }
  | { kind: 'keep-filter' }
  | { kind: 'clear-filter' }
  | { kind: 'jump'; to: Landmark; step: 1 | -1; from?: 'elsewhere' }
  | { kind: 'subject'; id?: string };

export interface KeyBinding {
  /** Names as `keyName` gives them. */
  readonly keys: readonly string[];
  /** How help and footer write the keys. */
  readonly label: string;
  readonly help: string;
  /** Word in the footer, and its rank: the highest numbers fall first where the room shrinks. `panel`: only while it has the focus. */
  readonly hint?: { readonly word: string; readonly rank: number; readonly panel?: PanelId };
  readonly action: Action;
}

const PANEL_NAMES: Record<PanelId, string> = {
  health: 'health',
  resources: 'resources',
  alerts: 'alerts',
  logs: 'log events',
};

function jumps(next: string, before: string, to: Landmark, what: string, hint?: KeyBinding['hint']): KeyBinding[] {
  const forward: KeyBinding = {
    keys: [next],
    label: next,
    help: `next ${what}`,
    action: { kind: 'jump', to, step: 1 },
  };
  const back: KeyBinding = {
    keys: [before],
    label: before,
    help: `${what} before`,
    action: { kind: 'jump', to, step: -1 },
  };
  return [forward, hint === undefined ? back : { ...back, hint }];
}

/** Every key there is. The keyboard, the footer and the help read this table and nothing else. */
export const KEYS: readonly KeyBinding[] = [
  {
    keys: ['q'],
    label: 'q',
    help: 'close what is open, else quit',
    hint: { word: 'quit', rank: 0 },
    action: { kind: 'close-or-quit' },
  },
  { keys: ['ctrl+c'], label: 'Ctrl-C', help: 'quit, from anywhere', action: { kind: 'quit' } },
  {
    keys: ['r'],
    label: 'r',
    help: 'ask the gateway everything again, now',
    hint: { word: 'refresh', rank: 1 },
    action: { kind: 'refresh' },
  },
  {
    keys: ['R', 'ctrl+r'],
    label: 'R',
    help: 'the same, and look anew for processes and logs',
    action: { kind: 'rediscover' },
  },
  { keys: ['ctrl+l'], label: 'Ctrl-L', help: 'paint the screen again', action: { kind: 'repaint' } },
  { keys: ['?'], label: '?', help: 'this help', hint: { word: 'help', rank: 2 }, action: { kind: 'help' } },
  {
    keys: ['return'],
    label: 'Enter',
    help: 'details of the selected row: evidence, since when, what to do',
    hint: { word: 'details', rank: 3 },
    action: { kind: 'open' },
  },
  {
    keys: ['escape'],
    label: 'Esc',
    help: 'back: close, clear the filter, leave zoom, show all',
    action: { kind: 'back' },
  },
  {
    keys: ['x'],
    label: 'x',
    help: 'problems only, and all again',
    hint: { word: 'problems', rank: 5 },
    action: { kind: 'problems' },
  },
  {
    keys: ['/'],
    label: '/',
    help: 'filter the focused panel while you type; ! before it inverts',
    hint: { word: 'filter', rank: 6 },
    action: { kind: 'filter' },
  },
  {
    keys: ['L'],
    label: 'L',
    help: 'log events of the selected model or alert',
    action: { kind: 'subject' },
  },
  ...jumps('n', 'N', 'match', 'match of the filter'),
  ...jumps('e', 'E', 'error', 'error in the log', { word: 'error before', rank: 4, panel: 'logs' }),
  ...jumps('w', 'W', 'warning', 'warning in the log'),
  {
    keys: ['z'],
    label: 'z',
    help: 'the focused panel alone, and all again',
    hint: { word: 'zoom', rank: 7 },
    action: { kind: 'zoom' },
  },
  {
    keys: ['tab', 'l', 'right'],
    label: 'Tab l Right',
    help: 'next panel',
    hint: { word: 'panel', rank: 8 },
    action: { kind: 'focus-step', step: 1 },
  },
  {
    keys: ['shift+tab', 'h', 'left'],
    label: 'S-Tab h Left',
    help: 'panel before',
    action: { kind: 'focus-step', step: -1 },
  },
  ...PANELS.map(
    (panel, index): KeyBinding => ({
      keys: [String(index + 1)],
      label: String(index + 1),
      help: `panel ${index + 1}: ${PANEL_NAMES[panel]}`,
      action: { kind: 'focus', panel },
    }),
  ),
  { keys: ['j', 'down'], label: 'j Down', help: 'next row', action: { kind: 'move', unit: 'row', step: 1 } },
  { keys: ['k', 'up'], label: 'k Up', help: 'row before', action: { kind: 'move', unit: 'row', step: -1 } },
  { keys: ['ctrl+d'], label: 'Ctrl-D', help: 'half a page down', action: { kind: 'move', unit: 'half', step: 1 } },
  { keys: ['ctrl+u'], label: 'Ctrl-U', help: 'half a page up', action: { kind: 'move', unit: 'half', step: -1 } },
  {
    keys: ['pagedown', ' ', 'ctrl+f'],
    label: 'PgDn Space',
    help: 'page down',
    action: { kind: 'move', unit: 'page', step: 1 },
  },
  { keys: ['pageup', 'ctrl+b'], label: 'PgUp', help: 'page up', action: { kind: 'move', unit: 'page', step: -1 } },
  {
    keys: ['g', 'home'],
    label: 'g Home',
    help: 'first row: the worst, or the oldest event',
    action: { kind: 'edge', to: 'first' },
  },
  {
    keys: ['G', 'end'],
    label: 'G End',
    help: 'last row; in the log the newest, which is then followed',
    action: { kind: 'edge', to: 'last' },
  },
  { keys: ['ctrl+z'], label: 'Ctrl-Z', help: 'suspend; fg comes back', action: { kind: 'suspend' } },
];

/** Keys that mean the same while a filter is typed: none of them is a letter. */
const ALWAYS: readonly string[] = ['ctrl+c', 'ctrl+l', 'ctrl+z', 'up', 'down', 'pageup', 'pagedown'];

/** Keys of their own while a filter is typed; every letter is text then. */
export const TYPING_KEYS: readonly KeyBinding[] = [
  {
    keys: ['return'],
    label: 'Enter',
    help: 'while typing: keep the filter',
    hint: { word: 'keep', rank: 0 },
    action: { kind: 'keep-filter' },
  },
  {
    keys: ['escape'],
    label: 'Esc',
    help: 'while typing: clear it',
    hint: { word: 'clear', rank: 1 },
    action: { kind: 'clear-filter' },
  },
  {
    keys: ['backspace', 'delete', 'ctrl+h'],
    label: 'Backspace',
    help: 'while typing: take the last letter away',
    action: { kind: 'erase', unit: 'letter' },
  },
  {
    keys: ['ctrl+w'],
    label: 'Ctrl-W',
    help: 'while typing: take the last word away',
    action: { kind: 'erase', unit: 'word' },
  },
  {
    keys: ['ctrl+u'],
    label: 'Ctrl-U',
    help: 'while typing: take all away',
    action: { kind: 'erase', unit: 'all' },
  },
];

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
