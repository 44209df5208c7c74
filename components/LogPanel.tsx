import type { ReactNode } from 'react';
import { useLogEvents } from '../hooks/use-watch.ts';
import type { Glyphs } from './glyphs.ts';
import { Panel } from './Panel.tsx';

/** Log sources and their events, newest first. */
export function LogPanel({ glyphs }: { glyphs: Glyphs }): ReactNode {
  const content = useLogEvents();
  return content === null ? null : <Panel content={content} glyphs={glyphs} />;
}
