import { type ContainerFile, type ContainerRoots, containerFileOf, shownPath } from './containers/container-file.ts';
import { decoded } from './containers/decoded.ts';
import { type FollowOptions, followFile } from './follow/follow-file.ts';
import { followOutput, outputsOf } from './outputs.ts';
import { type Container, shortId } from './owner.ts';
import { namedPrograms } from './programs/named-programs.ts';
import type { ProgramSource } from './programs/program-source.ts';
import { explained, type Source } from './source.ts';

/** Where the gateway's output was found to go, not opened yet. */
export type FoundSource =
  | {
      type: 'file';
      path: string;
      container: boolean;
      /** What is opened. */
      file: string;
      open(position: string | null): Source;
    }
  | { type: 'program'; path: string; container: boolean; open(position: string | null): ProgramSource };

/** Where the kernel and the engines keep what is looked at; all as on every machine by default. */
export interface Places {
  proc?: string | undefined;
  roots?: ContainerRoots | undefined;
}

/**
 * What is behind descriptors 1 and 2 of the processes: files, also those behind a pipe; a container's file, else what its
 * engine prints of it; a unit's journal. `why` tells why there is nothing, null where there is something.
 */
export function foundSources(
  pids: readonly number[],
  options: { follow: boolean; past?: FollowOptions['past'] },
  { proc, roots }: Places = {},
): { found: FoundSource[]; why: string | null } {
  const { outputs, owner, why } = outputsOf(pids, proc);
  const past = options.past === undefined ? {} : { past: options.past };
  const found: FoundSource[] = outputs.map((one) => ({
    type: 'file',
    path: one.path,
    container: false,
    file: one.path,
    open: (position) => decoded((inner, again) => followOutput(one, { ...past, position: inner, again }), position),
  }));
  for (const one of namedPrograms({ journal: owner.unit, container: null }, options.follow))
    found.push({ type: 'program', path: one.path, container: false, open: one.source });
  if (owner.container === null) return { found, why };
  const file = containerFileOf(owner.container, roots);
  const container =
    file.type === 'file'
      ? fileSource(owner.container, file, past)
      : printedSource(owner.container, file, options.follow);
  if (container !== null) return { found: [...found, container], why };
  return { found, why: found.length > 0 ? null : whyNoFile(file) };
}

function fileSource(
  container: Container,
  { path, format }: ContainerFile & { type: 'file' },
  past: FollowOptions,
): FoundSource {
  const name = shownPath(path, container);
  const open = (position: string | null): Source =>
    decoded(
      (inner, again) => ({ ...followFile(path, { ...past, position: inner, again }), path: name }),
      position,
      format,
    );
  return { type: 'file', path: name, container: true, file: path, open };
}

/** What the engine prints; where it cannot, what would make the file readable is worth as much. */
function printedSource(container: Container, file: ContainerFile, follow: boolean): FoundSource | null {
  if (container.engine === 'cri') return null;
  const [program] = namedPrograms({ journal: null, container: shortId(container) }, follow);
  if (program === undefined) return null;
  return {
    type: 'program',
    path: program.path,
    container: true,
    open: (position) =>
      explained(program.source(position), ({ why, state }) =>
        file.type !== 'closed' || why === null || state === 'FOLLOWING'
          ? why
          : `${why}; of its file ${shownPath(file.path, container)}: ${file.why}`,
      ),
  };
}

function whyNoFile(file: ContainerFile): string {
  const kubectl = 'or read it with kubectl logs -f POD | watchtower logs --stdin';
  if (file.type === 'closed') return `the gateway runs in a pod, of its log ${file.path}: ${file.why}, ${kubectl}`;
  return `the gateway runs in a pod, and its log is not in /var/log/pods: name it with --log-file, ${kubectl}`;
}
