import { describe, expect, it } from 'vitest';
import { memoryLimit } from '../../src/host/cgroup.ts';
import { createMachine } from '../../src/host/machine.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { fakeMachine } from './fake-proc.ts';

const V2 = 'cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n';
const V1 = 'cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0\n';
const TOTAL = 16e9;

function limitWith(files: Record<string, string>, total: number | null = TOTAL) {
  const machine = fakeMachine();
  for (const [path, text] of Object.entries(files)) machine.files.set(path, text);
  return memoryLimit(machine.deps.files, 7, total);
}

describe('memoryLimit', () => {
  it('is the smallest on the way up the tree', () => {
    const limit = limitWith({
      '/proc/7/cgroup': '0::/system.slice/litellm.service\n',
      '/proc/self/mounts': V2,
      '/sys/fs/cgroup/system.slice/litellm.service/memory.max': 'max\n',
      '/sys/fs/cgroup/system.slice/memory.max': '4000000000\n',
    });
    expect(limit).toEqual({ bytes: 4e9, cgroup: '/system.slice' });
  });
  it('is that of a container, whose namespace shows its cgroup as the root', () => {
    const limit = limitWith({
      '/proc/7/cgroup': '0::/\n',
      '/proc/self/mounts': V2,
      '/sys/fs/cgroup/memory.max': '2000000000',
    });
    expect(limit).toEqual({ bytes: 2e9, cgroup: '/' });
  });
  it('reads version 1 beside version 2, and a path that the container cannot see', () => {
    const limit = limitWith({
      '/proc/7/cgroup': '5:cpu,memory:/docker/abc\n0::/docker/abc\n',
      '/proc/self/mounts': V1,
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': '1000000000\n',
    });
    expect(limit?.bytes).toBe(1e9);
  });
  it.each(['max', '9223372036854771712', '18446744073709551615', '', '0', 'nonsense'])(
    'is the machine where the limit says %j',
    (text) => {
      const files = { '/proc/7/cgroup': '0::/a\n', '/proc/self/mounts': V2, '/sys/fs/cgroup/a/memory.max': text };
      expect(limitWith(files)).toEqual({ bytes: TOTAL, cgroup: null });
      expect(limitWith(files, null)).toBeNull();
    },
  );
  it('is the machine where the cgroup allows more than there is', () => {
    const files = {
      '/proc/7/cgroup': '0::/a\n',
      '/proc/self/mounts': V2,
      '/sys/fs/cgroup/a/memory.max': '99000000000',
    };
    expect(limitWith(files)?.cgroup).toBeNull();
  });
});

describe('createMachine', () => {
  it('has no CPU figure at first, and one over the time between two looks then', async () => {
    const machine = fakeMachine();
    const read = createMachine(machine.deps, createScrub([]));
    expect((await read(null)).cpuPct).toBeNull();
    machine.files.set('/proc/stat', 'cpu  101 0 1 200 0 0 0 0\n');
    await machine.clock.advance(2_000);
    expect((await read(null)).cpuPct).toBe(50);
  });
  it('asks disks once in 30 s and leaves out what does not answer', async () => {
    const machine = fakeMachine();
    machine.files.set('/proc/self/mounts', '/dev/a / ext4 rw 0 0\n/dev/b /dead ext4 rw 0 0\n');
    const read = createMachine(machine.deps, createScrub([]));
    const first = await read(null);
    await machine.clock.advance(20_000);
    await read(null);
    expect(first.disks).toEqual([{ path: '/', usedRatio: 0.5, freeBytes: 1e9 }]);
    expect(machine.asked.filter((path) => path === '/dead')).toHaveLength(1);
  });
  it('is null, never 0, for what the system does not tell', async () => {
    const sample = await createMachine(fakeMachine().deps, createScrub([]))(null);
    expect(sample).toMatchObject({ load1: null, memoryUsedBytes: null, memoryTotalBytes: null, memoryLimit: null });
  });
});
