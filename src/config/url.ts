import type { Parsed } from './values.ts';

const DEFAULT_HOST = 'localhost';
const DEFAULT_PORT = 4000;

const refused = (allowed: string): { ok: false; allowed: string } => ({ ok: false, allowed });

/** The gateway's address as it is used everywhere: scheme, host, port where it is not the scheme's, prefix, no slash at the end. */
export function normaliseUrl(raw: string): Parsed<string> {
  const text = raw.trim();
  if (!/^https?:\/\//i.test(text)) {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
    if (scheme !== undefined) return refused('an address that begins with http:// or https://');
    return refused(`an address that begins with http:// or https://, such as http://${DEFAULT_HOST}:${DEFAULT_PORT}`);
  }
  const url = URL.parse(text);
  if (url === null || url.hostname === '') return refused('a valid address, such as http://localhost:4000');
  if (url.username !== '' || url.password !== '') {
    return refused('an address without user and password; the key goes to LITELLM_MASTER_KEY, ./.env or --key-file');
  }
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) return refused('an address without ? and #');
  if (url.port === '0') return refused('a port from 1 to 65535');
  return { ok: true, value: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** What may be shown of an address that was refused: never what stands before an `@`. */
export function showUrl(raw: string): string {
  const at = raw.lastIndexOf('@');
  if (at === -1) return raw;
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(raw)?.[0] ?? '';
  return `${scheme}…@${raw.slice(at + 1)}`;
}

/** An address out of a host (name, IPv4, IPv6 with or without brackets) and a port, on top of `base`. */
export function composeUrl(base: string | null, host: string | null, port: number | null): Parsed<string> {
  const url = new URL(base ?? `http://${DEFAULT_HOST}:${DEFAULT_PORT}`);
  if (host !== null) {
    const bare = host.replace(/^\[(.*)\]$/, '$1');
    const literal = bare.includes(':') ? `[${bare}]` : bare;
    const valid = URL.parse(`http://${literal}/`);
    if (valid === null || valid.port !== '' || valid.pathname !== '/') return refused('a host name or address alone');
    url.hostname = valid.hostname;
  }
  if (port !== null) url.port = String(port);
  return normaliseUrl(url.href);
}

/** `host:port`, the port always named: the gateway's name where none is given. */
export function nameOfUrl(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
