import type { SafeText } from '../../src/text/safe-text.ts';
import { literal, safe } from '../../src/text/scrub.ts';
import { widthOf } from '../../src/text/width.ts';
import type { GatewayView, ModelState, ModelView, Snapshot } from '../../src/watch/snapshot.ts';
import { ageText, msText, UNKNOWN } from '../figures.ts';
import type { About } from '../filter.ts';
import { type Line, NOTHING, soft, span, type Tone } from '../line.ts';
import type { ListContext, PanelContent, RowContext } from '../panel-content.ts';
import { sift } from '../sift.ts';
import { type Column, fitColumns, headerLine, rowLine } from '../table.ts';
import { endpointLines } from './endpoints.ts';

/** Worst first; a state that hides nothing from callers comes after those that do. */
const ORDER: readonly ModelState[] = ['DOWN', 'DEGRADED', 'COOLING', 'UNKNOWN', 'PROBE_ARTEFACT', 'OK', 'OFF'];
const CALM: ReadonlySet<ModelState> = new Set(['OK', 'OFF']);

/** Name of a model's state as the screen writes it. */
export function stateWord(state: ModelState): SafeText {
  return literal(state === 'PROBE_ARTEFACT' ? 'ARTEFACT' : state);
}

export function stateTone(state: ModelState): Tone {
  if (state === 'DOWN') return 'crit';
  return state === 'DEGRADED' || state === 'COOLING' ? 'warn' : 'plain';
}

/** Panel 1: what the endpoints say, then every model, worst first. */
export function healthContent(
  { gateway, models, logs }: Pick<Snapshot, 'gateway' | 'models' | 'logs'>,
  context: ListContext,
): PanelContent {
  const sorted = sortModels(context.problemsOnly ? models.filter(({ state }) => !CALM.has(state)) : models);
  const { shown, of, is } = sift(sorted, context, wordsOf);
  const columns = modelColumns(shown, context);
  return {
    title: literal('Health'),
    note: note(models),
    head: (width, height) => endpointLines(gateway, logs, context, width, height),
    header: (width) => headerLine(fitColumns(columns, width), context.glyphs),
    ids: shown.map(({ name }) => name),
    of,
    pinned: 'first',
    order: null,
    is,
    subject: (index) => subjectOf(shown[index]),
    row(index, width) {
      const model = shown[index];
      return model === undefined ? [] : rowLine(fitColumns(columns, width), model, context.glyphs);
    },
    empty: emptyText(gateway, models, context),
  };
}

/** What a filter looks at: what the row shows, and whose the deployments are. */
function wordsOf({ name, state, class: why, deployments }: ModelView): string {
  const behind = deployments.map(({ provider, model }) => `${provider ?? ''} ${model}`);
  return [name, stateWord(state), why ?? '', ...behind].join('\n');
}

/** The log names a model as callers do, or as its provider does. */
function subjectOf(model: ModelView | undefined): About | null {
  if (model === undefined) return null;
  const { name, deployments } = model;
  const providers = deployments.map(({ provider }) => provider).filter((provider) => provider !== null);
  return {
    kind: 'model',
    label: safe`model ${name}`,
    models: [name, ...deployments.map((one) => one.model)],
    providers,
  };
}

function sortModels(models: readonly ModelView[]): ModelView[] {
  return [...models].sort(
    (one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || (one.name < other.name ? -1 : 1),
  );
}

function note(models: readonly ModelView[]): Line {
  if (models.length === 0) return [];
  const fine = models.filter(({ state }) => state === 'OK').length;
  const down = models.filter(({ state }) => state === 'DOWN').length;
  const text = safe`${fine} of ${models.length} ok`;
  return down === 0 ? [span(text)] : [span(text), span(literal(', ')), span(safe`${down} down`, 'crit')];
}

function modelColumns(models: readonly ModelView[], { glyphs }: RowContext): Column<ModelView>[] {
  const longest = models.reduce((most, { name }) => Math.max(most, Math.min(40, name.length)), 12);
  return [
    { title: NOTHING, width: 1, keep: 0, cell: ({ state }) => span(glyphs.models[state], stateTone(state)) },
    { title: literal('MODEL'), width: Math.min(12, longest), grow: true, keep: 0, cell: nameCell },
    { title: literal('STATE'), width: 8, keep: 0, cell: ({ state }) => stateCell(state) },
    { title: literal('UP'), width: upWidth(models), keep: 2, cell: (model) => span(upText(model)) },
    { title: literal('LATENCY'), width: 7, align: 'right', keep: 4, cell: ({ latencyMs }) => soft(msText(latencyMs)) },
    {
      title: literal('WHY'),
      width: whyWidth(models),
      keep: 1,
      cell: ({ class: why }) => span(why === null ? NOTHING : literal(why)),
    },
    { title: literal('AGE'), width: 4, align: 'right', keep: 3, cell: ({ ageS }) => soft(ageText(ageS)) },
  ];
}

function nameCell({ name, state }: ModelView): { text: SafeText; tone: Tone } {
  return span(name, state === 'DOWN' ? 'strong' : 'plain');
}

function stateCell(state: ModelState): { text: SafeText; tone: Tone } {
  return span(stateWord(state), CALM.has(state) || state === 'UNKNOWN' ? 'plain' : 'strong');
}

function upWidth(models: readonly ModelView[]): number {
  return models.reduce((most, model) => Math.max(most, widthOf(upText(model))), 3);
}

/** Deployments that work, of all: `1/2`; `-/2` while no check has told. */
function upText({ up, total }: ModelView): SafeText {
  return safe`${up ?? UNKNOWN}/${total}`;
}

function whyWidth(models: readonly ModelView[]): number {
  return models.reduce((most, { class: why }) => Math.max(most, Math.min(16, why?.length ?? 0)), 7);
}

function emptyText(
  gateway: GatewayView,
  models: readonly ModelView[],
  { problemsOnly, filter }: ListContext,
): SafeText {
  if (filter !== '' && models.length > 0) return literal('no model matches the filter (Esc clears it)');
  if (problemsOnly && models.length > 0) return safe`no model has a problem (${models.length} hidden, x shows them)`;
  if (gateway.live.failure !== null) return literal('not known while the gateway does not answer');
  if (gateway.key.state === 'MISSING') return literal('a key would show the models: set LITELLM_MASTER_KEY');
  if (gateway.key.state === 'REJECTED') return literal('the gateway refuses our key, so it lists no models');
  return gateway.modelsList.ageS === null ? literal('waiting for the first answer') : literal('no models');
}
