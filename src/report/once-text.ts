import { formatAge } from '../text/units.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import { endpointLines } from './endpoint-lines.ts';
import { incidentLines } from './incident-lines.ts';
import { machineLines } from './machine-lines.ts';
import { modelLines } from './model-lines.ts';
import { createPaint, type Paint } from './paint.ts';

export interface TextOptions {
  color: boolean;
  ascii: boolean;
}

/**
 * One look as text: the overall word and cause first, what to do, then a line a subject, worst first. No boxes, no
 * dependence on a width, so that it can be grepped.
 */
export function renderOnce(snapshot: Snapshot, options: TextOptions): string {
  const paint = createPaint(options.color);
  const lines = [
    ...verdictLines(snapshot, paint),
    ...incidentLines(snapshot, paint),
    ...modelLines(snapshot, paint),
    ...endpointLines(snapshot, paint),
    ...machineLines(snapshot, paint),
    ...problemLines(snapshot, paint),
  ];
  const text = lines.join('\n');
  return `${options.ascii ? toAscii(text) : text}\n`;
}

function verdictLines({ verdict, path, at }: Snapshot, paint: Paint): string[] {
  const since =
    verdict.since === null ? '' : `, since ${verdict.since} (${formatAge(Date.parse(at) - Date.parse(verdict.since))})`;
  const lines = [`${paint.state(verdict.state)}  ${paint.strong(`${verdict.summary}${since}`)}`];
  if (verdict.next !== '') lines.push(`next: ${verdict.next}${verdict.url === null ? '' : ` (${verdict.url})`}`);
  if (verdict.models.length > 0) lines.push(`lost: ${verdict.models.join(', ')}`);
  const hops = path.map(
    (hop) => `${hop.hop} ${paint.state(hop.state)}${hop.why === null || hop.state === 'OK' ? '' : ` (${hop.why})`}`,
  );
  lines.push(`path: client > ${hops.join(' > ')}`);
  return lines;
}

function problemLines({ watchtower }: Snapshot, paint: Paint): string[] {
  return watchtower.problems.map((one) => `watchtower ${paint.warn(one.code)}: ${one.text}; ${one.fix}`);
}

/** For `--ascii`: what has no place in ASCII becomes `?`. */
function toAscii(text: string): string {
  return text.replace(/\u2026/g, '...').replace(/[^\u0000-\u007f]/gu, '?');
}
