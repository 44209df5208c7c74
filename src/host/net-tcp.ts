const LISTEN = '0A';
const ESTABLISHED = '01';
/** `::ffff:a.b.c.d` as the kernel prints it, without the address. */
const MAPPED = '0000000000000000FFFF0000';

export interface PortSockets {
  /** Inodes of the sockets that listen where the gateway's address leads. */
  listening: Set<number>;
  /** Their owner's user id; null where nothing listens. */
  uid: number | null;
  /** Inodes of established connections accepted on the port; those that wait to be accepted have none. */
  established: Set<number>;
}

/**
 * Finds who listens on `port`, and what is connected to it, in the texts of `/proc/net/tcp` and `/proc/net/tcp6`
 * (proc_net(5)). An address that was asked for by number is preferred to the wildcard, as the kernel does.
 */
export function findPort(tcp: string, tcp6: string, host: string, port: number): PortSockets {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const exact = new Set<number>();
  const any = new Set<number>();
  const established = new Set<number>();
  let uid: number | null = null;
  for (const line of [...linesWith(tcp, suffix), ...linesWith(tcp6, suffix)]) {
    const [, local = '', , state, , , , owner, , inode] = line.trim().split(/ +/, 10);
    if (!local.endsWith(suffix)) continue;
    const number = Number(inode);
    if (state === ESTABLISHED && number > 0) established.add(number);
    if (state !== LISTEN) continue;
    const rank = suits(local.slice(0, -5), host);
    if (rank === 'no') continue;
    (rank === 'exact' ? exact : any).add(number);
    uid = Number(owner);
  }
  return { listening: exact.size > 0 ? exact : any, uid, established };
}

/** Lines that hold the text: a busy machine has a hundred thousand, and few are ours. */
function* linesWith(text: string, part: string): Generator<string> {
  for (let at = text.indexOf(part); at >= 0; ) {
    const start = text.lastIndexOf('\n', at) + 1;
    const end = text.indexOf('\n', at);
    yield text.slice(start, end < 0 ? text.length : end);
    if (end < 0) return;
    at = text.indexOf(part, end);
  }
}

function suits(address: string, host: string): 'exact' | 'any' | 'no' {
  if (/^0+$/.test(address)) return isV6Literal(host) && address.length === 8 ? 'no' : 'any';
  const [v4, v6] = isV6Literal(host) ? [null, host] : [host === 'localhost' ? '127.0.0.1' : host, null];
  const wanted = new Set<string>();
  if (v4 !== null) for (const form of v4Forms(v4)) wanted.add(form);
  if (host === 'localhost' || v6 === '::1' || v6 === '[::1]') wanted.add('00000000000000000000000001000000');
  return wanted.has(address) ? 'exact' : 'no';
}

function isV6Literal(host: string): boolean {
  return host.includes(':');
}

/** The kernel prints each 32-bit word in the machine's byte order, which is little-endian on all that Node's Linux builds run on but s390x. */
function v4Forms(host: string): string[] {
  const parts = host.split('.').map(Number);
  if (parts.length !== 4 || !parts.every((part) => part >= 0 && part <= 255)) return [];
  const hex = parts
    .reverse()
    .map((part) => part.toString(16).toUpperCase().padStart(2, '0'))
    .join('');
  return [hex, `${MAPPED}${hex}`];
}
