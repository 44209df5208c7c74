import { appendFileSync, chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDiagnose } from '../../../src/diagnosis/diagnose.ts';
import { maybeError } from '../../../src/diagnosis/gate.ts';
import { type ContainerRoots, containerFileOf } from '../../../src/logs/containers/container-file.ts';
import { systemFiles } from '../../../src/logs/follow/file-system.ts';
import { createLogMonitor } from '../../../src/logs/monitor.ts';
import type { Container } from '../../../src/logs/owner.ts';
import { createOwnProbes } from '../../../src/logs/records/own.ts';
import type { LogMonitor } from '../../../src/logs/types.ts';
import { createScrub } from '../../../src/text/scrub.ts';
import { failure, filesWith, folder } from '../follow/support.ts';
import { type StandIns, standIns } from '../programs/stand-in.ts';
import { AT, cri, docker } from './engine.ts';

const ID = '4f2a'.repeat(16);
const POD = '0d1f3a52-1c2b-4c3d-8e4f-5a6b7c8d9e0f';
const ERROR =
  '08:14:02 - LiteLLM Proxy:ERROR: a.py:1 - litellm.APIError: APIError: OpenrouterException - Insufficient credits';
const PATH = process.env.PATH ?? '';
const scrub = createScrub([]);
const tools = { diagnose: createDiagnose({ scrub }), gate: maybeError, scrub, own: createOwnProbes({ keyHash: null }) };

let base: string;
let roots: ContainerRoots;
let programs: StandIns;
let monitor: LogMonitor | null = null;
beforeEach(() => {
  base = folder();
  roots = {
    docker: join(base, 'docker'),
    podman: [join(base, 'podman')],
    links: join(base, 'links'),
    pods: join(base, 'pods'),
  };
  programs = standIns();
  process.env.PATH = `${programs.folder}:${PATH}`;
});
afterEach(async () => {
  await monitor?.stop();
  monitor = null;
  process.env.PATH = PATH;
  programs.remove();
});

/** A process in a container, its output a pipe that its engine reads. */
function watch(cgroup: string): LogMonitor {
  const proc = join(base, 'proc');
  mkdirSync(join(proc, '7', 'fd'), { recursive: true });
  for (const fd of [1, 2]) symlinkSync('pipe:[40]', join(proc, '7', 'fd', String(fd)));
  writeFileSync(join(proc, '7', 'cgroup'), `0::${cgroup}\n`);
  monitor = createLogMonitor(
    { files: [], journal: null, container: null, pids: [7], stateDir: null, places: { proc, roots } },
    tools,
  );
  monitor.start();
  return monitor;
}

function make(path: string, text: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const dockerFile = (): string => join(roots.docker, ID, `${ID}-json.log`);
const dockerGroup = `/system.slice/docker-${ID}.scope`;
const podGroup = `/kubepods.slice/kubepods-pod${POD.replaceAll('-', '_')}.slice/cri-containerd-${ID}.scope`;

describe('the output of a gateway in a container', () => {
  it.each([
    ['docker', dockerGroup, dockerFile, docker(`${ERROR}\n`)],
    ['cri', podGroup, () => join(roots.links, `litellm-0_ai_litellm-${ID}.log`), cri(ERROR)],
    ['cri', podGroup, () => join(roots.pods, `ai_litellm-0_${POD}`, 'litellm', '2.log'), cri(ERROR)],
    [
      'cri',
      `/machine.slice/libpod-${ID}.scope`,
      () => join(roots.podman[0] as string, 'overlay-containers', ID, 'userdata', 'ctr.log'),
      cri(ERROR),
    ],
  ])(
    'is read from the file of %s where that may be read, with the time of the engine',
    async (kind, group, at, line) => {
      const path = make(at(), '');
      const watched = watch(group);
      appendFileSync(path, line);
      const events = await vi.waitFor(() => {
        const found = watched.take();
        expect(found).toHaveLength(1);
        return found;
      }, 8_000);
      expect(events[0]).toMatchObject({ at: AT, atFrom: 'container', diagnosis: { class: 'CREDITS' }, old: false });
      const shown = path.replaceAll(ID, `${ID.slice(0, 12)}…`);
      expect(watched.sources()).toMatchObject([{ kind, path: shown, state: 'FOLLOWING', why: null }]);
    },
  );

  it('is read through the engine where the file may not be read', async () => {
    programs.container([`2026-03-01T00:00:00.000000000Z ${ERROR}`]);
    const watched = watch(dockerGroup);
    await vi.waitFor(() => expect(watched.take()).toHaveLength(1), 8_000);
    expect(watched.sources()).toMatchObject([
      { kind: 'docker', path: `docker:${ID.slice(0, 12)}`, state: 'FOLLOWING' },
    ]);
  });

  it('of a pod that cannot be read says where its log is looked for, and another way', () => {
    expect(watch(podGroup).sources()).toMatchObject([
      {
        state: 'NONE',
        why: expect.stringMatching(/in a pod, and its log is not in .*kubectl logs -f POD \| watchtower/),
      },
    ]);
  });
});

describe('the file of a container', () => {
  const cri: Container = { id: ID, engine: 'cri', pod: POD };
  const closed = filesWith({
    open: () => {
      throw failure('EACCES');
    },
  });

  it('that may not be read says what would help', () => {
    make(dockerFile(), '');
    chmodSync(dockerFile(), 0o600);
    expect(containerFileOf({ id: ID, engine: 'docker', pod: null }, roots, closed)).toEqual({
      type: 'closed',
      path: dockerFile(),
      why: expect.stringContaining('with sudo'),
    });
  });

  it('is none where the engine writes elsewhere', () => {
    for (const engine of ['docker', 'podman', 'cri'] as const)
      expect(containerFileOf({ id: ID, engine, pod: null }, roots)).toEqual({ type: 'none' });
  });

  it('is the newest of the only container of its pod, by number', () => {
    for (const n of [0, 9, 10]) make(join(roots.pods, `ai_x_${POD}`, 'litellm', `${n}.log`), '');
    make(join(roots.pods, `ai_x_${POD}`, 'litellm', '10.log.20261124-081402'), '');
    expect(containerFileOf(cri, roots)).toMatchObject({ path: join(roots.pods, `ai_x_${POD}`, 'litellm', '10.log') });
  });

  it('is not guessed among several containers of a pod', () => {
    for (const name of ['litellm', 'proxy']) make(join(roots.pods, `ai_x_${POD}`, name, '0.log'), '');
    expect(containerFileOf(cri, roots)).toMatchObject({ type: 'closed', why: expect.stringContaining('--log-file') });
  });

  it('in a folder that may not be listed says so', () => {
    mkdirSync(roots.links);
    const files = filesWith({
      readdir: (path) => {
        if (path === roots.links) throw failure('EACCES');
        return systemFiles.readdir(path);
      },
    });
    expect(containerFileOf({ ...cri, pod: null }, roots, files)).toMatchObject({ type: 'closed', path: roots.links });
  });
});
