import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownerOf } from '../../src/logs/owner.ts';

const ID = '4f2a'.repeat(16);

let proc: string;
beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), 'watchtower-proc-'));
  mkdirSync(join(proc, '7'));
});
afterEach(() => rmSync(proc, { recursive: true, force: true }));

it.each([
  ['a system unit', '0::/system.slice/litellm.service', 'litellm.service'],
  ['an instance of a template', '0::/system.slice/system-litellm.slice/litellm@4000.service', 'litellm@4000.service'],
  ['a group below its unit', '0::/system.slice/litellm.service/workers', 'litellm.service'],
  [
    "a unit of a user's own manager",
    '0::/user.slice/user-1000.slice/user@1000.service/app.slice/litellm.service',
    'user:litellm.service',
  ],
  [
    'version 1',
    '12:memory:/system.slice/x.service\n1:name=systemd:/system.slice/litellm.service\n0::/',
    'litellm.service',
  ],
  ['a login', '0::/user.slice/user-1000.slice/session-3.scope', null],
  ["a user's manager itself", '0::/user.slice/user-1000.slice/user@1000.service/init.scope', null],
  ['a scope of another kind', '0::/system.slice/run-4f2a.scope', null],
  ["a container inside its engine's unit", '0::/system.slice/docker.service', null],
  ['a pod', '0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-4f2a.scope', null],
  ['no systemd', '0::/', null],
  ['nothing that is a cgroup', 'hello', null],
])('finds the unit of %s', (_, cgroup, unit) => {
  writeFileSync(join(proc, '7', 'cgroup'), `${cgroup}\n`);
  expect(ownerOf(7, proc)).toEqual({ unit, container: null });
});

const POD = '0d1f3a52-1c2b-4c3d-8e4f-5a6b7c8d9e0f';

it.each([
  ['docker', null, `0::/system.slice/docker-${ID}.scope`],
  ['docker', null, `0::/docker/${ID}`],
  ['docker', null, `12:memory:/\n1:name=systemd:/docker/${ID}\n0::/`],
  ['podman', null, `0::/machine.slice/libpod-${ID}.scope/container`],
  ['podman', null, `0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope`],
  [
    'cri',
    POD,
    `0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${POD.replaceAll('-', '_')}.slice/cri-containerd-${ID}.scope`,
  ],
  ['cri', POD, `0::/kubepods.slice/kubepods-pod${POD.replaceAll('-', '_')}.slice/crio-${ID}.scope`],
  ['cri', POD, `11:memory:/\n1:name=systemd:/kubepods/burstable/pod${POD}/${ID}\n0::/`],
])('finds the container of %s, pod %s, in %s', (engine, pod, cgroup) => {
  writeFileSync(join(proc, '7', 'cgroup'), `${cgroup}\n`);
  expect(ownerOf(7, proc)).toEqual({ unit: null, container: { id: ID, engine, pod } });
});

it('finds none where the process is gone', () => {
  expect(ownerOf(8, proc)).toEqual({ unit: null, container: null });
});
