import xterm, { type IBufferCell } from '@xterm/headless';

/** What a person in front of the terminal sees, and what state the terminal is in. */
export interface Emulator {
  write(data: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Lines of the visible screen, without blanks at their ends. */
  lines(): string[];
  text(): string;
  /** Every cell with its colours and styles: equal for screens that look the same. */
  picture(): string;
  alternate(): boolean;
  cursorHidden(): boolean;
  /** Modes that a program must not leave on. */
  leftovers(): string[];
  /** Cells that are not drawn in the terminal's own background. */
  backgrounds(): number;
  /** Distinct palette colours of the letters on the screen. */
  colors(): Set<number>;
}

export function createEmulator(columns: number, rows: number): Emulator {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 200 });
  let hidden = false;
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (parameters) => {
    if (parameters.includes(25)) hidden = false;
    return false;
  });
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (parameters) => {
    if (parameters.includes(25)) hidden = true;
    return false;
  });

  function lines(): string[] {
    const { active } = terminal.buffer;
    return Array.from(
      { length: terminal.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    );
  }

  function* cells(): Generator<{ background: boolean; color: number | null }> {
    const { active } = terminal.buffer;
    for (let row = 0; row < terminal.rows; row++) {
      const line = active.getLine(active.viewportY + row);
      for (let column = 0; column < terminal.cols; column++) {
        const cell = line?.getCell(column);
        if (cell === undefined) continue;
        yield { background: !cell.isBgDefault(), color: cell.isFgDefault() ? null : cell.getFgColor() };
      }
    }
  }

  function picture(): string {
    const { active } = terminal.buffer;
    return Array.from({ length: terminal.rows }, (_, row) => {
      const line = active.getLine(active.viewportY + row);
      return Array.from({ length: terminal.cols }, (_, column) => describeCell(line?.getCell(column))).join('');
    }).join('\n');
  }

  return {
    picture,
    write: (data) => new Promise((done) => terminal.write(data, done)),
    resize: (nextColumns, nextRows) => terminal.resize(nextColumns, nextRows),
    lines,
    text: () => lines().join('\n'),
    alternate: () => terminal.buffer.active.type === 'alternate',
    cursorHidden: () => hidden,
    leftovers() {
      const { modes } = terminal;
      const found: string[] = [];
      if (modes.bracketedPasteMode) found.push('bracketed paste');
      if (modes.mouseTrackingMode !== 'none') found.push('mouse');
      if (!modes.wraparoundMode) found.push('no wrap');
      if (modes.synchronizedOutputMode) found.push('synchronised update');
      return found;
    },
    backgrounds: () => [...cells()].filter(({ background }) => background).length,
    colors: () => new Set([...cells()].flatMap(({ color }) => (color === null ? [] : [color]))),
  };
}

/** `x`, or `x<1;31>`; a space differs only where its style is seen. */
function describeCell(cell: IBufferCell | undefined): string {
  if (cell === undefined) return ' ';
  const glyph = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
  const back = cell.isBgDefault() ? '' : `on${cell.getBgColor()}`;
  const inverse = cell.isInverse() ? 'inverse' : '';
  const front = cell.isFgDefault() ? '' : `fg${cell.getFgColor()}`;
  const weight = `${cell.isBold() ? 'bold' : ''}${cell.isDim() ? 'dim' : ''}`;
  const style = glyph === ' ' && inverse === '' ? back : `${back}${inverse}${front}${weight}`;
  return style === '' ? glyph : `${glyph}<${style}>`;
}
