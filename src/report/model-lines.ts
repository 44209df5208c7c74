import type { ModelView, Snapshot } from '../watch/snapshot.ts';
import { oneLine } from './incident-lines.ts';
import type { Paint } from './paint.ts';

/** A line a model, worst first, with the deployments that do not work under it. */
export function modelLines({ models, gateway }: Snapshot, paint: Paint): string[] {
  if (models.length === 0) {
    const why = gateway.modelsList.failure?.text ?? gateway.health.why ?? 'the gateway lists none';
    return [`models: none known (${why})`];
  }
  const up = models.filter((one) => one.state === 'OK').length;
  return [`models: ${up} of ${models.length} OK`, ...models.flatMap((one) => model(one, paint))];
}

function model(one: ModelView, paint: Paint): string[] {
  const share = one.up === null ? `?/${one.total}` : `${one.up}/${one.total}`;
  const latency = one.latencyMs === null ? '' : `, ${one.latencyMs} ms`;
  const age = one.ageS === null ? 'not checked' : `${one.ageS} s ago`;
  const why = one.class === null ? '' : ` ${one.class}`;
  const head = `  ${paint.state(one.state)} ${one.name} ${share}${why} (${age}${latency})`;
  const bad = one.deployments.filter((deployment) => deployment.text !== null && deployment.state !== 'OK');
  return [
    head,
    ...bad.map(
      (deployment) =>
        `    ${deployment.model} ${deployment.status ?? 'no status'} ${deployment.class}: ${oneLine(deployment.text ?? '')}`,
    ),
  ];
}
