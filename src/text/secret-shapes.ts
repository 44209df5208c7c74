import { KEY_HASH } from './key-hash.ts';
import { NAMED } from './named-secrets.ts';
import { DONE, hidden, looksSecret } from './secret-words.ts';
import { createSigns } from './signs.ts';

/** One shape that secrets have. */
export interface Shape {
  /** The text with every secret of this shape hidden; the same text where there is none. */
  hide(text: string): string;
}

/** A shape as an expression: only tried where one of its hints occurs, for most lines hold none. */
interface Pattern {
  kind: string;
  /** One occurs wherever the pattern matches, in whatever case. The rarer, the better. */
  hints: readonly string[];
  pattern: RegExp;
  replace: (match: string, ...groups: string[]) => string;
}

/** Tokens known by how they begin. `(?<![\w-])` keeps the search to the beginning of a token. */
function prefixed(kind: string, hint: string | readonly string[], body: string): Pattern {
  const pattern = new RegExp(`(?<![A-Za-z0-9_])${body}`, 'g');
  return { kind, hints: [hint].flat(), pattern, replace: () => hidden(kind) };
}

/** Hints that differ in one letter. */
const each = (before: string, letters: string, after = ''): string[] =>
  [...letters].map((letter) => before + letter + after);

/** A key, and where it is broken at a line end, its rest at the beginning of the next line. */
const SK: Pattern = {
  kind: 'sk',
  hints: ['sk-', 'sk_', 'rk-', 'rk_'],
  pattern:
    /(?<![A-Za-z0-9_])(?:[cp]?sk|rk)[-_][A-Za-z0-9_*-]{0,300}(?:\.{2,3}[A-Za-z0-9_*-]{0,64})?(\n[A-Za-z0-9_-]{6,200}(?![A-Za-z0-9_-]))?/g,
  replace: (match, rest: string | undefined) => {
    const wrapped = rest !== undefined && /\d/.test(rest);
    const token = rest === undefined ? match : match.slice(0, -rest.length);
    const body = token.slice(token.search(/[-_]/) + 1);
    const secret = /[*]|\.\./.test(body)
      ? body.length >= 4
      : body.length >= 4 && (/\d/.test(body) || body.length >= 20);
    if (!secret) return match;
    return hidden('sk') + (wrapped ? '' : (rest ?? ''));
  },
};

const SCHEME: Pattern = {
  kind: 'bearer',
  hints: ['bearer ', 'basic ', 'token '],
  pattern: /\b(Bearer|Basic|Token)( {1,3})([A-Za-z0-9._~+/=*-]{6,2000})(\n[A-Za-z0-9._~+/=-]{6,200}(?![\w-]))?/gi,
  replace: (match, scheme: string, space: string, token: string, rest: string | undefined) => {
    const bare = token.replace(/[.]+$/, '');
    if (!looksSecret(bare)) return match;
    const wrapped = rest !== undefined && /\d/.test(rest);
    return `${scheme}${space}${hidden(scheme.toLowerCase())}${token.slice(bare.length)}${wrapped ? '' : (rest ?? '')}`;
  },
};

const PEM: Pattern = {
  kind: 'pem',
  hints: ['-----BEGIN'],
  pattern: /-----BEGIN [A-Z ]{0,40}-----(?:[^-]{0,20000}-----END [A-Z ]{0,40}-----|[A-Za-z0-9+/=\\\sn]{0,20000})/g,
  replace: () => hidden('pem'),
};

const USERINFO: Pattern = {
  kind: 'userinfo',
  hints: ['://'],
  pattern: /:\/\/[^\s/@"'<>?#]{1,512}@/g,
  replace: (match) => (match.startsWith(DONE, 3) ? match : `://${hidden('userinfo')}@`),
};

const QUERY: Pattern = {
  kind: 'query',
  hints: ['?', '&'].flatMap((sign) => each(sign, 'kastcpx')),
  pattern:
    /([?&](?:key|api[_-]?key|apikey|access_token|auth_token|token|sig|signature|secret|client_secret|password|code|x-amz-signature|x-amz-security-token|x-amz-credential)=)([^&\s"'<>#[\]]{1,2000})/gi,
  replace: (_, name: string) => `${name}${hidden('query')}`,
};

const WEBHOOK: Pattern = {
  kind: 'webhook',
  hints: ['hooks.slack.com/', 'discord.com/api', 'discordapp.com/api', 'webhook.office.com/'],
  pattern:
    /((?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/webhooks|webhook\.office\.com\/webhookb2)\/)[\w/@.-]{8,300}/g,
  replace: (_, host: string) => host + hidden('webhook'),
};

/** What LiteLLM and its providers quote of a key that they refuse. */
const QUOTED: Pattern = {
  kind: 'quoted',
  hints: ['passed in: ', 'received=', 'received api key', 'provided: ', 'key: ', 'key hash'],
  pattern:
    /((?:Passed in: |Received=|Received API Key ?= ?|[Aa][Pp][Ii] ?[Kk]ey provided: |[Ii]nvalid (?:API )?[Kk]ey: |[Kk]ey [Hh]ash(?: \(Token\))? ?[=:] ?)["'`]?)([^\s"'`,;]{4,400})/g,
  replace: (match, before: string, value: string) => {
    const bare = value.replace(/[.]+$/, '');
    return bare.startsWith(DONE) ? match : `${before}${hidden('key')}${value.slice(bare.length)}`;
  },
};

const BEFORE_NAMES: readonly Pattern[] = [
  PEM,
  SK,
  prefixed('jwt', 'eyJ', 'eyJ[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{4,8000}(?:\\.[A-Za-z0-9_-]{0,2000})?'),
  prefixed('google', 'AIza', 'AIza[A-Za-z0-9_-]{20,60}'),
  prefixed('google', 'ya29.', 'ya29\\.[A-Za-z0-9._-]{10,2000}'),
  {
    kind: 'aws',
    hints: ['AKIA', 'ASIA', 'AROA', 'ABIA'],
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|ABIA)[A-Z0-9]{12,20}(?![A-Za-z0-9])/g,
    replace: () => hidden('aws'),
  },
  prefixed('groq', 'gsk_', 'gsk_[A-Za-z0-9]{16,120}'),
  prefixed('xai', 'xai-', 'xai-[A-Za-z0-9]{16,200}'),
  prefixed('perplexity', 'pplx-', 'pplx-[A-Za-z0-9]{16,120}'),
  prefixed('huggingface', 'hf_', 'hf_[A-Za-z0-9]{16,120}'),
  prefixed('replicate', 'r8_', 'r8_[A-Za-z0-9]{16,120}'),
  prefixed('nvidia', 'nvapi-', 'nvapi-[A-Za-z0-9_-]{16,160}'),
  prefixed('fireworks', 'fw_', 'fw_[A-Za-z0-9]{16,80}'),
  prefixed('together', 'tgp_v1_', 'tgp_v1_[A-Za-z0-9_-]{16,120}'),
  prefixed('github', each('gh', 'pousr', '_'), 'gh[pousr]_[A-Za-z0-9]{16,255}'),
  prefixed('github', 'github_pat_', 'github_pat_[A-Za-z0-9_]{16,255}'),
  prefixed('gitlab', 'glpat-', 'glpat-[A-Za-z0-9_-]{16,80}'),
  prefixed('slack', each('xox', 'abeoprs', '-'), 'xox[abeoprs]-[A-Za-z0-9-]{8,250}'),
  prefixed('slack', 'xapp-', 'xapp-[A-Za-z0-9-]{8,250}'),
  prefixed('databricks', 'dapi', 'dapi[0-9a-f]{28,40}(?:-\\d)?'),
  prefixed('sendgrid', 'SG.', 'SG\\.[A-Za-z0-9_-]{16,40}\\.[A-Za-z0-9_-]{16,60}'),
  prefixed('npm', 'npm_', 'npm_[A-Za-z0-9]{30,60}'),
  prefixed('langfuse', 'pk-lf-', 'pk-lf-[A-Za-z0-9-]{8,80}'),
  prefixed('langsmith', 'lsv2_', 'lsv2_[A-Za-z0-9_]{16,120}'),
  prefixed('webhook', 'whsec_', 'whsec_[A-Za-z0-9+/=]{16,120}'),
  {
    kind: 'org',
    hints: ['org-'],
    pattern: /(?<![A-Za-z0-9_-])org-(?=[a-z]{0,40}[A-Z0-9])[A-Za-z0-9]{6,60}(?![A-Za-z0-9])/g,
    replace: () => hidden('org'),
  },
  WEBHOOK,
  USERINFO,
  QUERY,
  SCHEME,
  QUOTED,
];

/** In this order: what is known by its beginning before what is known by its name, so that the kind is the exact one. */
export const SHAPES: readonly Shape[] = [ofPatterns(BEFORE_NAMES), NAMED, KEY_HASH];

/** One look for the hints of all patterns: most texts hold none, and are done with it. */
function ofPatterns(patterns: readonly Pattern[]): Shape {
  const kinds = [...new Set(patterns.map(({ kind }) => kind))];
  const signs = createSigns(
    kinds.map((kind) => patterns.filter((one) => one.kind === kind).flatMap((one) => one.hints)),
  );
  const steps = patterns.map(({ kind, pattern, replace }) => ({ bit: 1 << kinds.indexOf(kind), pattern, replace }));
  const hide = (text: string): string => {
    const met = signs(text);
    if (met === 0) return text;
    let out = text;
    for (const { bit, pattern, replace } of steps) if ((met & bit) !== 0) out = out.replace(pattern, replace);
    return out;
  };
  return { hide };
}
