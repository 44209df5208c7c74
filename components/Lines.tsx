import { Box, Text } from 'ink';
import { createContext, memo, type ReactNode, use } from 'react';
import type { Line, Span } from './line.ts';
import { lookOf } from './theme.ts';

/** Whether hue may be used. */
export const ColorContext = createContext(true);

/** Lines as the row builders made them: exactly as wide as their place, so none is ever wrapped. */
export const Lines = memo(function Lines({ lines }: { lines: readonly Line[] }): ReactNode {
  const color = use(ColorContext);
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
    <Box key={index} height={1} flexShrink={0}>
      <Text wrap="truncate">{pieces(line, color)}</Text>
    </Box>
  ));
});

/** Neighbours of one look as one node: rasterising is what costs, and it costs by node. */
function pieces(line: Line, color: boolean): ReactNode[] {
  const groups: { tone: Span['tone']; text: string }[] = [];
  for (const { text, tone } of line) {
    const last = groups.at(-1);
    if (last !== undefined && (last.tone === tone || (text.trim() === '' && !isReversed(last.tone)))) last.text += text;
    else groups.push({ tone, text });
  }
  return groups.map(({ tone, text }, index) => {
    const look = lookOf(tone, color);
    if (look.bold === undefined && look.inverse === undefined && look.dim === undefined) return text;
    const { dim, ...rest } = look;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line
      <Text key={index} {...rest} {...(dim ? { dimColor: true } : {})}>
        {text}
      </Text>
    );
  });
}

function isReversed(tone: Span['tone']): boolean {
  return lookOf(tone, false).inverse === true;
}
