import type { ReactNode } from 'react';
import { useHealth } from '../hooks/use-watch.ts';
import type { Glyphs } from './glyphs.ts';
import { Panel } from './Panel.tsx';

/** Endpoints and models, worst first. */
export function HealthPanel({ glyphs }: { glyphs: Glyphs }): ReactNode {
  const content = useHealth();
  return content === null ? null : <Panel content={content} glyphs={glyphs} />;
}
