/*
 * Made-up secrets in the shapes of real ones. They are put together here, so that no file holds a text that a scanner of
 * secrets would take for one.
 */

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** `length` characters of an alphabet in a fixed disorder, digits and letters mixed. */
function body(length: number, alphabet = LETTERS + DIGITS, seed = 7): string {
  let state = seed;
  let out = '';
  while (out.length < length) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const at =
      out.length % 4 === 1 && /\d/.test(alphabet) ? alphabet.search(/\d/) + (state % 10) : state % alphabet.length;
    out += alphabet[at] ?? alphabet[0];
  }
  return out;
}

const hex = (length: number): string => body(length, `abcdef${DIGITS}`);
const upper = (length: number): string => body(length, `ABCDEFGHIJKLMNOPQRSTUVWXYZ${DIGITS}`);

export interface SecretShape {
  name: string;
  /** What must not be seen. */
  secret: string;
  /** Around it, where the shape is known by its surroundings alone. */
  before: string;
  after: string;
}

const bare = (name: string, secret: string): SecretShape => ({ name, secret, before: '', after: '' });
const within = (name: string, before: string, secret: string, after = ''): SecretShape => ({
  name,
  secret,
  before,
  after,
});

export const SHAPES_OF_SECRETS: readonly SecretShape[] = [
  bare('OpenAI', `sk-${body(48)}`),
  bare('OpenAI project', `sk-proj-${body(60)}`),
  bare('OpenAI service account', `sk-svcacct-${body(60)}`),
  bare('OpenAI admin', `sk-admin-${body(60)}`),
  bare('Anthropic', `sk-ant-api03-${body(80)}`),
  bare('OpenRouter', `sk-or-v1-${hex(64)}`),
  bare('LiteLLM virtual key', `sk-${body(22)}`),
  bare('DeepSeek', `sk-${hex(32)}`),
  bare('DashScope', `sk-${hex(32)}`),
  bare('Langfuse secret', `sk-lf-${hex(8)}-${hex(4)}-${hex(4)}-${hex(12)}`),
  bare('Langfuse public', `pk-lf-${hex(8)}-${hex(4)}-${hex(4)}-${hex(12)}`),
  bare('Stripe live', `sk_live_${body(24)}`),
  bare('Stripe restricted', `rk_live_${body(24)}`),
  bare('Cerebras', `csk-${body(48)}`),
  bare('Groq', `gsk_${body(52)}`),
  bare('xAI', `xai-${body(80)}`),
  bare('Perplexity', `pplx-${body(48)}`),
  bare('Hugging Face', `hf_${body(34)}`),
  bare('Replicate', `r8_${body(37)}`),
  bare('NVIDIA', `nvapi-${body(64)}`),
  bare('Fireworks', `fw_${body(24)}`),
  bare('Together', `tgp_v1_${body(43)}`),
  bare('Google API key', `AIza${body(35)}`),
  bare('Google OAuth', `ya29.${body(60)}`),
  bare('AWS access key', `AKIA${upper(16)}`),
  bare('AWS temporary key', `ASIA${upper(16)}`),
  within('AWS secret key', 'aws_secret_access_key=', body(40)),
  within('AWS session token', 'aws_session_token=', body(120)),
  bare('GitHub token', `ghp_${body(36)}`),
  bare('GitHub fine-grained', `github_pat_${body(22)}_${body(59)}`),
  bare('GitHub OAuth', `gho_${body(36)}`),
  bare('GitLab', `glpat-${body(20)}`),
  bare('Slack bot', `xoxb-${body(12, DIGITS)}-${body(24)}`),
  bare('Slack app', `xapp-1-${upper(11)}-${body(40)}`),
  within('Slack webhook', 'https://hooks.slack.com/services/', `T${upper(8)}/B${upper(8)}/${body(24)}`),
  within('Discord webhook', 'https://discord.com/api/webhooks/', `${body(18, DIGITS)}/${body(60)}`),
  bare('Databricks', `dapi${hex(32)}`),
  bare('SendGrid', `SG.${body(22)}.${body(43)}`),
  bare('npm', `npm_${body(36)}`),
  bare('LangSmith', `lsv2_pt_${hex(32)}_${hex(10)}`),
  bare('webhook secret', `whsec_${body(32)}`),
  bare('JSON web token', `eyJ${body(30)}.${body(60)}.${body(40)}`),
  bare('hash of a key', hex(64)),
  within('bearer', 'Authorization: Bearer ', body(40)),
  within('basic', 'Authorization: Basic ', `${body(30)}==`),
  within('token scheme', 'Authorization: Token ', body(40)),
  within('x-api-key', 'x-api-key: ', body(32)),
  within('api-key of Azure', 'api-key: ', hex(32)),
  within('x-goog-api-key', 'x-goog-api-key: ', body(39)),
  within('x-litellm-api-key', 'x-litellm-api-key: ', body(24)),
  within('api_key', 'api_key=', body(32)),
  within('OPENAI_API_KEY', 'OPENAI_API_KEY=', body(32)),
  within('AZURE_API_KEY', 'AZURE_API_KEY=', hex(32)),
  within('LITELLM_MASTER_KEY', 'LITELLM_MASTER_KEY=', body(20)),
  within('LITELLM_SALT_KEY', 'LITELLM_SALT_KEY=', body(32)),
  within('client_secret', 'client_secret=', body(40)),
  within('password', 'password=', body(16)),
  within('POSTGRES_PASSWORD', 'POSTGRES_PASSWORD=', body(16)),
  within('access_token', 'access_token=', body(40)),
  within('refresh_token', 'refresh_token=', body(40)),
  within('cookie', 'cookie: ', `session${body(32)}`),
  within('database URL', 'postgresql://litellm:', body(16), '@db:5432/litellm'),
  within('Redis URL', 'redis://default:', body(16), '@cache:6379'),
  within('proxy with a user', 'http://user:', body(14), '@proxy:3128'),
  within('key in a query', 'https://api.example.com/v1?key=', body(39)),
  within('signature in a query', 'https://blob.example.com/a?sig=', body(44)),
  within('private key', '-----BEGIN PRIVATE KEY-----\n', body(64), '\n-----END PRIVATE KEY-----'),
];

/** What is left of a secret: eight characters in a row of its middle are too many. */
export function leaked(text: string, { secret }: SecretShape): string | null {
  const flat = text.replace(/\s/g, '');
  for (let at = 6; at + 8 <= secret.length; at += 1) {
    const piece = secret.slice(at, at + 8);
    if (flat.includes(piece)) return piece;
  }
  return null;
}
