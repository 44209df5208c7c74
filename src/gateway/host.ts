/** Host (and port, if it is not the scheme's own) of an `api_base`; credentials, path and query are left behind. */
export function hostOf(apiBase: unknown): string | null {
  if (typeof apiBase !== 'string' || apiBase === '') return null;
  const withScheme = apiBase.includes('://') ? apiBase : `http://${apiBase}`;
  if (!URL.canParse(withScheme)) return null;
  const { host } = new URL(withScheme);
  return host === '' ? null : host;
}

/** The first part of a provider string: `openrouter` of `openrouter/anthropic/claude-sonnet-4.5`. */
export function providerOf(model: string): string | null {
  const slash = model.indexOf('/');
  return slash > 0 ? model.slice(0, slash) : null;
}
