import type { ReactNode } from 'react';
import { useWatch } from '../hooks/use-watch.ts';
import { Lines } from './Lines.tsx';

/** Help, or the details of one row, in place of the panels. */
export function Overlay(): ReactNode {
  const overlay = useWatch(({ screen }) => screen.overlay);
  return overlay === null ? null : <Lines lines={overlay.lines} />;
}
