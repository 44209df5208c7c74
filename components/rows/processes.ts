import type { SafeText } from '../../src/text/safe-text.ts';
import { literal, safe } from '../../src/text/scrub.ts';
import { sparkline } from '../../src/text/sparkline.ts';
import type { HostView, ProcessView, Snapshot } from '../../src/watch/snapshot.ts';
import {
  bytesText,
  cpuText,
  longAgeText,
  ratioText,
  secondsSince,
  UNKNOWN,
  usedOfText,
  wholeCpuText,
} from '../figures.ts';
import { cut, flow, type Line, NOTHING, type Span, soft, span } from '../line.ts';
import type { ListContext, PanelContent, RowContext } from '../panel-content.ts';
import { sift } from '../sift.ts';
import { type Column, fitColumns, headerLine, rowLine } from '../table.ts';

/** A disk or a memory limit that is nearer than this is marked. */
const NEARLY_FULL = 0.9;
const SPARK_CELLS = 8;

type Watched = Pick<Snapshot, 'host' | 'processes' | 'watchtowers'>;

/** Panel 2: this machine, then the gateway's processes. */
export function resourcesContent({ host, processes, watchtowers }: Watched, context: ListContext): PanelContent {
  const all = context.problemsOnly ? processes.filter(({ replaced }) => replaced) : processes;
  const { shown, of, is } = sift(all, context, ({ pid, role, command }) => `${pid} ${role} ${command}`);
  const columns = processColumns(context);
  return {
    title: literal('Resources'),
    note: processes.length === 0 ? [] : [span(safe`${processes.length} processes`)],
    head: (width, height) => headLines(host, watchtowers, context, width, height),
    header: (width) => headerLine(fitColumns(columns, width), context.glyphs),
    ids: shown.map(processId),
    of,
    pinned: 'first',
    order: null,
    is,
    subject: () => null,
    row(index, width) {
      const process = shown[index];
      return process === undefined ? [] : rowLine(fitColumns(columns, width), process, context.glyphs);
    },
    empty: emptyText(host, processes, context),
  };
}

/** Identity of a process: its number alone is given again. */
export function processId({ pid, startedAt }: ProcessView): string {
  return `${pid} ${startedAt}`;
}

function emptyText(host: HostView, processes: readonly ProcessView[], { problemsOnly, filter }: ListContext): SafeText {
  if (filter !== '' && processes.length > 0) return literal('no process matches the filter (Esc clears it)');
  if (host.cores === 0) return literal('looking');
  return problemsOnly && processes.length > 0
    ? literal('no process was replaced')
    : literal('no process of the gateway is seen on this machine');
}

/** The machine in one line of chips: for layouts without room for a panel. */
function hostChips(host: HostView, context: RowContext): Line[] {
  const chips: Line[] = [];
  const history = context.cpuHistory.length > 1 ? [soft(safe` ${spark(context)}`)] : [];
  chips.push([span(literal('cpu ')), soft(cpuText(host.cpuPct)), ...history]);
  if (host.load1 !== null) {
    chips.push([span(literal('load ')), soft(literal(host.load1.toFixed(1))), span(safe` of ${host.cores}`)]);
  }
  if (host.memoryTotalBytes !== null) {
    chips.push([span(literal('mem ')), soft(usedOfText(host.memoryUsedBytes, host.memoryTotalBytes))]);
  }
  for (const { path, usedRatio } of host.disks.slice(0, 2)) {
    chips.push([span(safe`disk ${path} `), full(soft(ratioText(usedRatio)), usedRatio)]);
  }
  return chips;
}

function spark({ cpuHistory, glyphs }: RowContext): SafeText {
  return literal(sparkline(cpuHistory, SPARK_CELLS, glyphs.ascii ? 'ascii' : 'blocks', 100));
}

function full(part: Span, ratio: number): Span {
  return ratio >= NEARLY_FULL ? { ...part, tone: 'crit' } : part;
}

function gatewayLine({ gatewayRssBytes, memoryLimit }: HostView): Line {
  if (gatewayRssBytes === null) return [];
  const used = soft(bytesText(gatewayRssBytes));
  if (memoryLimit === null) return [span(literal('gateway ')), used];
  const ratio = gatewayRssBytes / memoryLimit.bytes;
  return [
    span(literal('gateway ')),
    full(used, ratio),
    span(safe` of ${bytesText(memoryLimit.bytes)} limit (${memoryLimit.from})`),
  ];
}

function headLines(
  host: HostView,
  watchtowers: Snapshot['watchtowers'],
  context: RowContext,
  width: number,
  height: number,
): Line[] {
  const room = height >= 8 ? 2 : 1;
  const lines = flow(hostChips(host, context), width, room, context.glyphs);
  const gateway = gatewayLine(host);
  if (gateway.length > 0 && height >= 5) lines.push(cut(gateway, width, context.glyphs));
  if (watchtowers.length > 0 && height >= 7) lines.push(cut([span(othersText(watchtowers))], width, context.glyphs));
  return lines;
}

function othersText(watchtowers: Snapshot['watchtowers']): SafeText {
  const pids = literal(watchtowers.map(({ pid }) => pid).join(', '));
  return safe`also watching here: pid ${pids}`;
}

function processColumns({ now }: RowContext): Column<ProcessView>[] {
  return [
    { title: literal('PID'), width: 7, keep: 0, cell: ({ pid }) => span(safe`${pid}`) },
    { title: literal('ROLE'), width: 12, grow: true, keep: 0, cell: ({ role }) => span(literal(role)) },
    { title: literal('CPU'), width: 5, align: 'right', keep: 1, cell: ({ cpuPct }) => soft(wholeCpuText(cpuPct)) },
    { title: literal('RSS'), width: 6, align: 'right', keep: 1, cell: ({ rssBytes }) => soft(bytesText(rssBytes)) },
    { title: literal('FDS'), width: 5, align: 'right', keep: 3, cell: ({ fds }) => soft(count(fds)) },
    { title: literal('SOCK'), width: 4, align: 'right', keep: 4, cell: ({ sockets }) => soft(count(sockets)) },
    {
      title: literal('AGE'),
      width: 7,
      align: 'right',
      keep: 2,
      cell: ({ startedAt }) => soft(longAgeText(secondsSince(startedAt, now))),
    },
    {
      title: NOTHING,
      width: 8,
      keep: 2,
      cell: ({ replaced }) => (replaced ? span(literal('replaced'), 'strong') : span(NOTHING)),
    },
  ];
}

function count(value: number | null): SafeText {
  return value === null ? UNKNOWN : safe`${value}`;
}
