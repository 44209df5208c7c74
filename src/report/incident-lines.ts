import { formatAge } from '../text/units.ts';
import type { IncidentView, Snapshot } from '../watch/snapshot.ts';
import type { Paint } from './paint.ts';

const MODELS_NAMED = 6;

/** The issues that hold now, each with its evidence, fix and link; then how many were resolved of late. */
export function incidentLines(snapshot: Snapshot, paint: Paint): string[] {
  const open = snapshot.incidents.filter((one) => one.state !== 'RESOLVED');
  const resolved = snapshot.incidents.length - open.length;
  const now = Date.parse(snapshot.at);
  const lines =
    open.length === 0
      ? ['issues: none']
      : [`issues: ${open.length}`, ...open.flatMap((one) => incident(one, now, paint))];
  return resolved === 0 ? lines : [...lines, `resolved in the last 24 h: ${resolved}`];
}

function incident(one: IncidentView, now: number, paint: Paint): string[] {
  const age = formatAge(now - Date.parse(one.since));
  const models = one.models.length === 0 ? '' : `; models: ${named(one.models)}`;
  const lost = one.modelsLost.length === 0 ? '' : `; lost: ${named(one.modelsLost)}`;
  const because = one.inhibitedBy === null ? '' : `; explained by ${one.inhibitedBy}`;
  const lines = [
    `  ${paint.state(one.state)} ${one.severity} ${one.class} ${one.title}${models}${lost}; for ${age}, seen ${one.count === 1 ? 'once' : `${one.count} times`}${because}`,
  ];
  const evidence = one.evidence.at(-1);
  if (evidence !== undefined) lines.push(`    evidence (${evidence.source}): ${oneLine(evidence.text)}`);
  lines.push(`    fix: ${one.fix}${one.url === null ? '' : ` ${one.url}`}`);
  return lines;
}

function named(models: readonly string[]): string {
  const shown = models.slice(0, MODELS_NAMED).join(', ');
  return models.length > MODELS_NAMED ? `${shown} and ${models.length - MODELS_NAMED} more` : shown;
}

const SHOWN = 240;

/** A text of several lines on one, cut. */
export function oneLine(text: string): string {
  const flat = text.replace(/\s*\n\s*/g, ' / ');
  return flat.length > SHOWN ? `${flat.slice(0, SHOWN)}\u2026` : flat;
}
