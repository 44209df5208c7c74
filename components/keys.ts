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
