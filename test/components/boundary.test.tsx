import { cleanup, render } from 'ink-testing-library';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { UNICODE } from '../../components/glyphs.ts';
import { Lines } from '../../components/Lines.tsx';
import { span } from '../../components/line.ts';
import { PanelBoundary } from '../../components/PanelBoundary.tsx';
import type { PlacedContent } from '../../components/screen.ts';
import { literal } from '../../src/text/scrub.ts';

afterEach(cleanup);

const content: PlacedContent = {
  kind: 'failed',
  place: { id: 'health', width: 40, height: 5, focused: false, zoomed: false } as unknown as PlacedContent['place'],
  error: new Error('not drawn'),
};

function Broken(): ReactNode {
  throw new Error('a panel that throws');
}

describe('a panel that throws while it is drawn', () => {
  it('is replaced by words in its own place, and the line beside it stays', () => {
    const { lastFrame } = render(
      <>
        <PanelBoundary content={content} glyphs={UNICODE}>
          <Broken />
        </PanelBoundary>
        <Lines lines={[[span(literal('the footer lives'))]]} />
      </>,
    );
    expect(lastFrame()).toContain('the footer lives');
    expect(lastFrame()).toMatch(/fail|cannot be drawn/i);
  });
});
