import type { ReactNode } from 'react';
import { useResources } from '../hooks/use-watch.ts';
import type { Glyphs } from './glyphs.ts';
import { Panel } from './Panel.tsx';

/** This machine and the gateway's processes. */
export function ResourcesPanel({ glyphs }: { glyphs: Glyphs }): ReactNode {
  const content = useResources();
  return content === null ? null : <Panel content={content} glyphs={glyphs} />;
}
