import type { ReactNode } from 'react';
import { useWatch } from '../hooks/use-watch.ts';
import { Lines } from './Lines.tsx';

/** The one sentence: what is wrong, since when, who is hit, and what to do now. */
export function Verdict(): ReactNode {
  return <Lines lines={useWatch(({ screen }) => screen.verdict)} />;
}
