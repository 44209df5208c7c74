import { Component, type ReactNode } from 'react';
import type { Glyphs } from './glyphs.ts';
import { Lines } from './Lines.tsx';
import { failedLines, type PlacedContent } from './screen.ts';

interface Props {
  readonly content: PlacedContent;
  readonly glyphs: Glyphs;
  readonly children: ReactNode;
}

/** Keeps a panel that throws from taking the others along, and says so in its place; new content gets a new try. */
export class PanelBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.content !== this.props.content) this.setState({ failed: false });
  }

  override render(): ReactNode {
    const { content, glyphs, children } = this.props;
    return this.state.failed ? <Lines lines={failedLines(content.place, glyphs)} /> : children;
  }
}
