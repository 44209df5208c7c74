import type { ReactNode } from 'react';
import { useWatch } from '../hooks/use-watch.ts';
import { Lines } from './Lines.tsx';

/** Keys, and what the probes and we ourselves cost. */
export function Footer(): ReactNode {
  const footer = useWatch(({ screen }) => screen.footer);
  return footer === null ? null : <Lines lines={[footer]} />;
}
