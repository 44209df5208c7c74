/** One shape that secrets have. A pattern is only tried where one of its hints occurs, for most lines hold none. */
export interface Shape {
  kind: string;
  hints: readonly string[];
  pattern: RegExp;
  replace: (match: string, ...groups: string[]) => string;
}

const hidden = (kind: string): string => `[redacted:${kind}]`;
const DONE = '[redacted:';

/** Letters and digits mixed, or long: a secret; a word of prose is neither. */
function looksSecret(token: string): boolean {
  if (token.startsWith(DONE) || token.length < 6) return false;
  return (/\d/.test(token) && /[A-Za-z]/.test(token)) || token.length >= 24;
}

/** Tokens known by how they begin. `(?<![\w-])` keeps the search to the beginning of a token. */
function prefixed(kind: string, hint: string, body: string): Shape {
  return { kind, hints: [hint], pattern: new RegExp(`(?<![A-Za-z0-9_])${body}`, 'g'), replace: () => hidden(kind) };
}

/** A key, and where it is broken at a line end, its rest at the beginning of the next line. */
const SK: Shape = {
  kind: 'sk',
  hints: ['sk-', 'sk_'],
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

const NAMES =
  'api[_-]?keys?|apikey|x-api-key|x-goog-api-key|x-litellm-api-key|ocp-apim-subscription-key|subscription[_-]?key|[a-z0-9_]{1,40}_api_key|[a-z0-9_]{1,40}_secret(?:_key)?|' +
  '(?:litellm_|proxy_)?(?:master|salt|private|secret|access|encryption|signing|license|virtual)[_-]?key(?:_id)?|aws_secret_access_key|aws_session_token|client[_-]?secret|secret|' +
  '(?:[a-z0-9_]{1,40}_)?passw(?:or)?d|pwd|passphrase|(?:access|refresh|id|auth|bearer|session|bot|api|personal)[_-]?token|[a-z0-9_]{1,40}_token|token|authorization|proxy-authorization|cookie|set-cookie|' +
  '(?:database|direct|redis|connection|slack_webhook|webhook|dsn)_?(?:url|string|uri)?_?(?:read_replica)?';

const NOT_A_VALUE =
  /^(?:none|null|undefined|true|false|required|missing|invalid|not|is|the|os\.environ.*|\$\{?\w+\}?|<[^>]*>|\*+|x{3,}|\.{3}|bearer|basic|str|string|int|bool)$/i;

/** `name: value`, `name=value`, `"name": "value"`, `'name': 'value'`, and the same in escaped JSON. */
const NAMED: Shape = {
  kind: 'named',
  hints: ['=', ':'],
  pattern: new RegExp(
    `(?<![A-Za-z0-9])(${NAMES})(\\\\?["'\`]?\\s{0,3}[:=]\\s{0,3}(?:b?\\\\?["'\`])?)((?:Bearer |Basic |bearer |Token )?)([^\\s"'\`,;&<>(){}\\\\\\]\\[]{1,2000})`,
    'gi',
  ),
  replace: (match, name: string, between: string, scheme: string, value: string) => {
    const bare = value.replace(/[.:]+$/, '');
    if (bare.startsWith(DONE) || NOT_A_VALUE.test(bare) || bare === '') return match;
    const quoted = /["'`]$/.test(between);
    const tight = between === '=';
    const number = /^\d{1,9}(?:\.\d+)?%?$/.test(bare);
    const kind = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
    const plain = /^(?:token|secret|cookie|webhook|database|redis|connection|direct|dsn)$/.test(kind);
    if (number && !quoted) return match;
    if (
      quoted
        ? plain && !looksSecret(bare) && bare.length < 6
        : tight
          ? plain && !looksSecret(bare) && !/pass|secret|key/.test(kind)
          : !looksSecret(bare)
    )
      return match;
    return `${name}${between}${scheme}${hidden(kind)}${value.slice(bare.length)}`;
  },
};

const SCHEME: Shape = {
  kind: 'bearer',
  hints: ['earer ', 'asic ', 'EARER ', 'ASIC ', 'oken '],
  pattern: /\b(Bearer|Basic|Token)( {1,3})([A-Za-z0-9._~+/=*-]{6,2000})(\n[A-Za-z0-9._~+/=-]{6,200}(?![\w-]))?/gi,
  replace: (match, scheme: string, space: string, token: string, rest: string | undefined) => {
    const bare = token.replace(/[.]+$/, '');
    if (!looksSecret(bare)) return match;
    const wrapped = rest !== undefined && /\d/.test(rest);
    return `${scheme}${space}${hidden(scheme.toLowerCase())}${token.slice(bare.length)}${wrapped ? '' : (rest ?? '')}`;
  },
};

const PEM: Shape = {
  kind: 'pem',
  hints: ['-----BEGIN'],
  pattern: /-----BEGIN [A-Z ]{0,40}-----(?:[^-]{0,20000}-----END [A-Z ]{0,40}-----|[A-Za-z0-9+/=\\\sn]{0,20000})/g,
  replace: () => hidden('pem'),
};

const USERINFO: Shape = {
  kind: 'userinfo',
  hints: ['://'],
  pattern: /(?<=:\/\/)[^\s/@"'<>?#]{1,512}@/g,
  replace: (match) => (match.startsWith(DONE) ? match : `${hidden('userinfo')}@`),
};

const QUERY: Shape = {
  kind: 'query',
  hints: ['?', '&'],
  pattern:
    /([?&](?:key|api[_-]?key|apikey|access_token|auth_token|token|sig|signature|secret|client_secret|password|code|x-amz-signature|x-amz-security-token|x-amz-credential)=)([^&\s"'<>#[\]]{1,2000})/gi,
  replace: (_, name: string) => `${name}${hidden('query')}`,
};

const WEBHOOK: Shape = {
  kind: 'webhook',
  hints: ['hooks.slack.com/', 'discord', 'webhook.office.com'],
  pattern:
    /((?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/webhooks|webhook\.office\.com\/webhookb2)\/)[\w/@.-]{8,300}/g,
  replace: (_, host: string) => host + hidden('webhook'),
};

/** What LiteLLM and its providers quote of a key that they refuse. */
const QUOTED: Shape = {
  kind: 'quoted',
  hints: ['assed in: ', 'Received=', 'eceived API Key', 'provided: ', 'key: ', 'Key: ', 'hash'],
  pattern:
    /((?:Passed in: |Received=|Received API Key ?= ?|[Aa][Pp][Ii] ?[Kk]ey provided: |[Ii]nvalid (?:API )?[Kk]ey: |[Kk]ey [Hh]ash(?: \(Token\))? ?[=:] ?)["'`]?)([^\s"'`,;]{4,400})/g,
  replace: (match, before: string, value: string) => {
    const bare = value.replace(/[.]+$/, '');
    return bare.startsWith(DONE) ? match : `${before}${hidden('key')}${value.slice(bare.length)}`;
  },
};

/** In this order: what is known by its beginning before what is known by its name, so that the kind is the exact one. */
export const SHAPES: readonly Shape[] = [
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
  prefixed('github', 'gh', '(?:gh[pousr]_[A-Za-z0-9]{16,255}|github_pat_[A-Za-z0-9_]{16,255})'),
  prefixed('gitlab', 'glpat-', 'glpat-[A-Za-z0-9_-]{16,80}'),
  prefixed('slack', 'xox', 'xox[abeoprs]-[A-Za-z0-9-]{8,250}'),
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
  NAMED,
  {
    kind: 'hash',
    hints: [''],
    pattern: /(?<![A-Za-z0-9:])[0-9a-f]{64}(?![A-Za-z0-9])/g,
    replace: () => hidden('hash'),
  },
];
