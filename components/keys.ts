import { PANELS, type PanelId } from './panel-content.ts';

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
  | { kind: 'problems' };

export interface KeyBinding {
  /** Names as `keyName` gives them. */
  readonly keys: readonly string[];
  /** How help and footer write the keys. */
  readonly label: string;
  readonly help: string;
  /** Word in the footer, and its rank: the highest numbers fall first where the room shrinks. */
  readonly hint?: { readonly word: string; readonly rank: number };
  readonly action: Action;
}

const PANEL_NAMES: Record<PanelId, string> = {
  health: 'health',
  resources: 'resources',
  alerts: 'alerts',
  logs: 'log events',
};

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
  { keys: ['escape'], label: 'Esc', help: 'back: close, leave zoom, show all', action: { kind: 'back' } },
  {
    keys: ['x'],
    label: 'x',
    help: 'problems only, and all again',
    hint: { word: 'problems', rank: 4 },
    action: { kind: 'problems' },
  },
  {
    keys: ['z'],
    label: 'z',
    help: 'the focused panel alone, and all again',
    hint: { word: 'zoom', rank: 5 },
    action: { kind: 'zoom' },
  },
  {
    keys: ['tab', 'l', 'right'],
    label: 'Tab l Right',
    help: 'next panel',
    hint: { word: 'panel', rank: 6 },
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
  { keys: ['g', 'home'], label: 'g Home', help: 'first row', action: { kind: 'edge', to: 'first' } },
  { keys: ['G', 'end'], label: 'G End', help: 'last row', action: { kind: 'edge', to: 'last' } },
  { keys: ['ctrl+z'], label: 'Ctrl-Z', help: 'suspend; fg comes back', action: { kind: 'suspend' } },
];

/** The part of Ink's key that is used. */
export interface PressedKey {
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  readonly tab: boolean;
  readonly return: boolean;
  readonly escape: boolean;
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
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
];

/** One name for a key press; null for what can be no key of ours, as pasted text. */
function keyName(input: string, key: PressedKey): string | null {
  if (key.tab) return key.shift ? 'shift+tab' : 'tab';
  const named = NAMED.find(([flag]) => key[flag]);
  if (named !== undefined) return named[1];
  if (key.meta || input === '') return null;
  return key.ctrl ? `ctrl+${input}` : input;
}

const BY_NAME: ReadonlyMap<string, Action> = new Map(
  KEYS.flatMap(({ keys, action }) => keys.map((key): [string, Action] => [key, action])),
);

/** Longer texts than this are no keys, whatever they hold: a paste into a terminal that does not mark pastes. */
const MOST_KEYS = 16;

/**
 * What a key press asks for. A slow link hands over several presses as one text: then each letter is one of them.
 * Pasted text does not come here.
 */
export function actionsOf(input: string, key: PressedKey): Action[] {
  const name = keyName(input, key);
  if (name === null) return [];
  const whole = BY_NAME.get(name);
  if (whole !== undefined) return [whole];
  if (key.ctrl || name.length > MOST_KEYS) return [];
  return [...name].flatMap((letter) => BY_NAME.get(NAMES_OF_BYTES[letter] ?? letter) ?? []);
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
  '\u001a': 'ctrl+z',
};
