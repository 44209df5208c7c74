import type { ReactNode } from 'react';
import { useAlerts } from '../hooks/use-watch.ts';
import type { Glyphs } from './glyphs.ts';
import { Panel } from './Panel.tsx';

/** Incidents, and what the watchtower itself cannot see. */
export function AlertsPanel({ glyphs }: { glyphs: Glyphs }): ReactNode {
  const content = useAlerts();
  return content === null ? null : <Panel content={content} glyphs={glyphs} />;
}
