import { literal } from '../src/text/scrub.ts';
import { type Line, span } from './line.ts';
import type { PlacedContent, ScreenModel } from './screen.ts';

/** How much differs between two visible models: nothing, only figures that move by themselves, or more. */
export type Difference = 'same' | 'figures' | 'content';

/** Compares what would be seen. Figures alone are not worth a frame at once; anything else is. */
export function compareScreens(before: ScreenModel, after: ScreenModel): Difference {
  if (before.layout.columns !== after.layout.columns || before.layout.rows !== after.layout.rows) return 'content';
  const old = linesOf(before);
  const now = linesOf(after);
  if (old.length !== now.length) return 'content';
  let difference: Difference = 'same';
  for (let index = 0; index < now.length; index++) {
    const one = compareLines(old[index] ?? [], now[index] ?? []);
    if (one === 'content') return 'content';
    if (one === 'figures') difference = 'figures';
  }
  return difference;
}

function linesOf({ verdict, path, body, plain, overlay, footer }: ScreenModel): Line[] {
  return [
    ...verdict,
    ...path,
    ...body.flat().flatMap(panelLines),
    ...plain,
    ...(overlay === null ? [] : overlay.lines),
    ...(footer === null ? [] : [footer]),
  ];
}

const FAILED: readonly Line[] = [[span(literal('failed'))]];

function panelLines(content: PlacedContent): readonly Line[] {
  return content.kind === 'drawn' ? content.panel.lines : FAILED;
}

function compareLines(before: Line, after: Line): Difference {
  if (before === after || sameSpans(before, after)) return 'same';
  return fixedPart(before) === fixedPart(after) ? 'figures' : 'content';
}

function sameSpans(before: Line, after: Line): boolean {
  return (
    before.length === after.length &&
    before.every((old, index) => old.text === after[index]?.text && old.tone === after[index]?.tone)
  );
}

/** What is left of a line without its moving figures and the blanks that give way to them. */
function fixedPart(line: Line): string {
  return line
    .filter((part) => !part.soft && part.text.trim() !== '')
    .map(({ text, tone }) => `${tone}:${text.trim()}`)
    .join('|');
}

/** Whether two panels look the same: then the one that is mounted may stay. */
export function samePanel(before: PlacedContent | undefined, after: PlacedContent): boolean {
  if (before === undefined || before.kind !== after.kind) return false;
  const { width, height } = after.place;
  if (before.place.id !== after.place.id || before.place.width !== width || before.place.height !== height)
    return false;
  const old = panelLines(before);
  const now = panelLines(after);
  return old.length === now.length && now.every((line, index) => compareLines(old[index] ?? [], line) === 'same');
}
