import type { ReactNode } from 'react';
import { useWatch } from '../hooks/use-watch.ts';
import { Lines } from './Lines.tsx';

/** From the client to the providers, with the failing hop marked. */
export function PathLine(): ReactNode {
  return <Lines lines={useWatch(({ screen }) => screen.path)} />;
}
