import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unitOf } from '../../src/logs/unit.ts';

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
  ['a container', '0::/system.slice/docker-4f2a.scope', null],
  ['a container without a scope', '0::/docker/4f2a', null],
  ["a container inside its engine's unit", '0::/system.slice/docker.service', null],
  ['a pod', '0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-4f2a.scope', null],
  ['no systemd', '0::/', null],
  ['nothing that is a cgroup', 'hello', null],
])('finds the unit of %s', (_, cgroup, unit) => {
  writeFileSync(join(proc, '7', 'cgroup'), `${cgroup}\n`);
  expect(unitOf(7, proc)).toBe(unit);
});

it('finds none where the process is gone', () => {
  expect(unitOf(8, proc)).toBe(null);
});
