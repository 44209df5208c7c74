import { Box } from 'ink';
import { memo, type ReactNode } from 'react';
import type { Glyphs } from './glyphs.ts';
import { Lines } from './Lines.tsx';
import { PanelBoundary } from './PanelBoundary.tsx';
import type { PlacedContent } from './screen.ts';

/** A panel in its place. */
export const Panel = memo(function Panel({ content, glyphs }: { content: PlacedContent; glyphs: Glyphs }): ReactNode {
  const { width, height } = content.place;
  return (
    <Box width={width} height={height} flexDirection="column" flexShrink={0} overflow="hidden">
      <PanelBoundary content={content} glyphs={glyphs}>
        <PanelBody content={content} />
      </PanelBoundary>
    </Box>
  );
});

/** What its row builder could not build is thrown here, inside the boundary. */
function PanelBody({ content }: { content: PlacedContent }): ReactNode {
  if (content.kind === 'failed') throw content.error;
  return <Lines lines={content.panel.lines} />;
}
