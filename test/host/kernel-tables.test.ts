import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/host/command-lines.ts';
import { localMounts } from '../../src/host/disks.ts';
import { findPort } from '../../src/host/net-tcp.ts';
import { parseAuxv, parseBootTime, parseCpuLine, parseMeminfo, parseStat } from '../../src/host/proc-stat.ts';
import { tcpLine } from './fake-proc.ts';

const stat = (comm: string): string =>
  `4121 (${comm}) S 17 4121 4121 0 -1 4194304 1 2 3 4 250 50 7 8 20 0 6 0 987654 1000 77777 18446744073709551615`;

describe('parseStat', () => {
  it.each(['litellm', 'a b', 'x) S 1 2', '(((', 'tmux: server', ')'])(
    'ends the name at the last parenthesis: %s',
    (comm) => {
      expect(parseStat(stat(comm))).toEqual({
        comm,
        state: 'S',
        ppid: 17,
        cpuTicks: 300,
        startTicks: 987654,
        rssPages: 77777,
      });
    },
  );
  it.each(['', '12', '12 (x', '12 (x) S', '12 x) ( S 1'])('is null for what is cut: %j', (text) => {
    expect(parseStat(text)).toBeNull();
  });
});

describe('the machine', () => {
  it('counts guest time once and waiting for disks as idle', () => {
    expect(parseCpuLine('cpu  100 20 30 400 50 6 7 8 90 10\ncpu0 1')).toEqual({ busy: 171, total: 621 });
    expect(parseCpuLine('intr 1')).toBeNull();
  });
  it('reads the boot time', () => {
    expect(parseBootTime('cpu 1\nbtime 1700000000\nprocesses 3')).toBe(1_700_000_000_000);
    expect(parseBootTime('cpu 1')).toBeNull();
  });
  it('takes what is available, or what old kernels call free', () => {
    const now = parseMeminfo('MemTotal: 1000 kB\nMemFree: 10 kB\nMemAvailable: 600 kB\n');
    expect(now).toEqual({ totalBytes: 1_024_000, availableBytes: 614_400 });
    const old = parseMeminfo('MemTotal: 1000 kB\nMemFree: 10 kB\nBuffers: 20 kB\nCached: 30 kB\n');
    expect(old?.availableBytes).toBe(60 * 1024);
    expect(parseMeminfo('')).toBeNull();
  });
  it('reads the units of a kernel with large pages, and has usual ones', () => {
    const auxv = new BigUint64Array([6n, 65_536n, 17n, 100n, 0n, 0n]);
    expect(parseAuxv(new Uint8Array(auxv.buffer))).toEqual({ pageBytes: 65_536, ticksPerSecond: 100 });
    expect(parseAuxv(null)).toEqual({ pageBytes: 4096, ticksPerSecond: 100 });
    expect(parseAuxv(new Uint8Array(7))).toEqual({ pageBytes: 4096, ticksPerSecond: 100 });
  });
  it('lists each local disk once, and asks no network or pseudo file system', () => {
    const mounts = [
      'proc /proc proc rw 0 0',
      '/dev/vda1 / ext4 rw 0 0',
      '/dev/vda1 /var/lib/docker ext4 rw 0 0',
      '/dev/vdb /mnt/my\\040disk xfs rw 0 0',
      'server:/export /nfs nfs4 rw 0 0',
      'tmpfs /tmp tmpfs rw 0 0',
      '/dev/loop3 /snap/core squashfs ro 0 0',
    ];
    expect(localMounts(mounts.join('\n'))).toEqual(['/', '/mnt/my disk']);
    expect(localMounts('overlay / overlay rw 0 0\n/dev/vda1 /etc/hosts ext4 rw 0 0')).toEqual(['/']);
  });
});

describe('parseArguments', () => {
  it('keeps spaces and empty words, and drops the padding of a title', () => {
    expect(parseArguments('a b\0\0c\0')).toEqual(['a b', '', 'c']);
    expect(parseArguments('nginx: worker process\0\0\0\0')).toEqual(['nginx: worker process']);
    expect(parseArguments('')).toEqual([]);
  });
});

describe('findPort', () => {
  const V6 = '00000000000000000000000001000000';
  const find = (tcp: string, tcp6: string, host = 'localhost') => findPort(tcp, tcp6, host, 4000);

  it('finds listeners on any address and on loopback', () => {
    expect([...find(tcpLine('00000000:0FA0', '0A', 5), '').listening]).toEqual([5]);
    expect([...find('', tcpLine(`${'0'.repeat(32)}:0FA0`, '0A', 6)).listening]).toEqual([6]);
    expect([...find(tcpLine('0100007F:0FA0', '0A', 7), tcpLine(`${V6}:0FA0`, '0A', 8)).listening]).toEqual([7, 8]);
  });
  it('prefers the address that was asked for to the wildcard', () => {
    const tcp = tcpLine('00000000:0FA0', '0A', 5) + tcpLine('0100007F:0FA0', '0A', 7);
    expect([...find(tcp, '', '127.0.0.1').listening]).toEqual([7]);
  });
  it('leaves other ports and other addresses alone', () => {
    const tcp =
      tcpLine('00000000:0FA1', '0A', 5) + tcpLine('0200007F:0FA0', '0A', 6) + tcpLine('0100007F:9FA0', '0A', 7);
    expect(find(tcp, '').listening.size).toBe(0);
    expect(find(tcpLine('0100007F:0FA0', '0A', 7), '', '[::1]').listening.size).toBe(0);
  });
  it('keeps every socket of a shared port, and names their user', () => {
    const found = find(tcpLine('00000000:0FA0', '0A', 5, 12) + tcpLine('00000000:0FA0', '0A', 6, 12), '');
    expect([...found.listening]).toEqual([5, 6]);
    expect(found.uid).toBe(12);
  });
  it('counts accepted connections, not those of clients and not those still to be accepted', () => {
    const accepted = tcpLine('0100007F:0FA0', '01', 21);
    const waiting = tcpLine('0100007F:0FA0', '01', 0);
    const client = '   0: 0100007F:9000 0100007F:0FA0 01 0:0 00:0 0  1000        0 30 1\n';
    expect([...find(accepted + waiting + client, '').established]).toEqual([21]);
  });
});
