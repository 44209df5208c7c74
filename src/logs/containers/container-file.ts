import { homedir } from 'node:os';
import { join } from 'node:path';
import { type FileSystem, systemFiles } from '../follow/file-system.ts';
import { troubleOf } from '../follow/trouble.ts';
import { type Container, shortId } from '../owner.ts';
import type { ContainerFormat } from './record.ts';

/** Where engines keep the logs of their containers. */
export interface ContainerRoots {
  docker: string;
  /** Of root, and of a user. */
  podman: readonly string[];
  /** Links of Kubernetes, `POD_NAMESPACE_CONTAINER-ID.log`. */
  links: string;
  /** Folders of Kubernetes, `NAMESPACE_POD_UID/CONTAINER/N.log`. */
  pods: string;
}

const CONTAINER_ROOTS: ContainerRoots = {
  docker: '/var/lib/docker/containers',
  podman: ['/var/lib/containers/storage', join(homedir(), '.local/share/containers/storage')],
  links: '/var/log/containers',
  pods: '/var/log/pods',
};

/** A container's log file; or why it cannot be read; or that there is none, as with another log driver. */
export type ContainerFile =
  | { type: 'file'; path: string; format: ContainerFormat }
  | { type: 'closed'; path: string; why: string }
  | { type: 'none' };

/** Finds the file that the engine writes what the container prints to, and tries to open it. Never throws. */
export function containerFileOf(
  container: Container,
  roots: ContainerRoots = CONTAINER_ROOTS,
  files: FileSystem = systemFiles,
): ContainerFile {
  let closed: ContainerFile = { type: 'none' };
  for (const candidate of candidatesOf(container, roots, files)) {
    if ('why' in candidate) {
      closed = { type: 'closed', ...candidate };
      continue;
    }
    try {
      files.close(files.open(candidate.path));
      return { type: 'file', ...candidate };
    } catch (error) {
      const trouble = troubleOf(files, candidate.path, error);
      if (trouble.state === 'UNREADABLE') closed = { type: 'closed', path: candidate.path, why: trouble.why };
    }
  }
  return closed;
}

type Candidate = { path: string; format: ContainerFormat } | { path: string; why: string };

/** A container's 64 digits are no secret, and no person reads them: twelve tell it apart. */
export function shownPath(path: string, container: Container): string {
  return path.replaceAll(container.id, `${shortId(container)}…`);
}

function candidatesOf({ id, engine, pod }: Container, roots: ContainerRoots, files: FileSystem): Candidate[] {
  if (engine === 'docker') return [{ path: join(roots.docker, id, `${id}-json.log`), format: 'docker' }];
  if (engine === 'podman')
    return roots.podman.map((root) => ({
      path: join(root, 'overlay-containers', id, 'userdata', 'ctr.log'),
      format: 'cri',
    }));
  const link = namesIn(files, roots.links, (name) => name.endsWith(`-${id}.log`));
  if (typeof link === 'string') return [{ path: link, format: 'cri' }];
  return [link ?? [], pod === null ? [] : podFile(pod, roots, files)].flat();
}

/** Of a pod with one container its newest file; which of several is ours its folder does not say. */
function podFile(pod: string, roots: ContainerRoots, files: FileSystem): Candidate | Candidate[] {
  const folder = namesIn(files, roots.pods, (name) => name.endsWith(`_${pod}`));
  if (folder === null) return [];
  if (typeof folder !== 'string') return folder;
  const containers = listed(files, folder);
  if ('why' in containers) return containers;
  if (containers.names.length !== 1)
    return {
      path: folder,
      why: `${containers.names.length} containers: name the log of the gateway's with --log-file`,
    };
  const own = join(folder, containers.names[0] as string);
  const logs = listed(files, own);
  if ('why' in logs) return logs;
  const numbers = logs.names.flatMap((name) => (/^\d{1,6}\.log$/.test(name) ? [Number.parseInt(name, 10)] : []));
  return numbers.length === 0 ? [] : { path: join(own, `${Math.max(...numbers)}.log`), format: 'cri' };
}

/** The first entry that is looked for; null where there is none; or why the folder cannot be listed. */
function namesIn(
  files: FileSystem,
  folder: string,
  is: (name: string) => boolean,
): string | null | { path: string; why: string } {
  const found = listed(files, folder);
  if ('why' in found) return found;
  const name = found.names.find(is);
  return name === undefined ? null : join(folder, name);
}

function listed(files: FileSystem, folder: string): { names: string[] } | { path: string; why: string } {
  try {
    return { names: files.readdir(folder) };
  } catch (error) {
    const trouble = troubleOf(files, folder, error);
    return trouble.state === 'MISSING' ? { names: [] } : { path: folder, why: trouble.why };
  }
}
