import type { Snapshot } from '../watch/snapshot.ts';
import { toJson } from './json.ts';

/** The snapshot as one JSON document (schema 1) with a line end. */
export function renderJson(snapshot: Snapshot): string {
  return `${toJson(snapshot, 2)}\n`;
}
