/** One line of an HTTP server's access log. */
export interface AccessLine {
  method: string;
  path: string;
  status: number;
}

const ACCESS =
  /^\S{1,80} (?:-|\S{1,40}) (?:\S{1,40} )?(?:\[[^\]\n]{1,40}\] )?"([A-Z]{3,8}) (\S{1,2000})(?: HTTP\/[\d.]{1,3})?" (\d{3})\b/;
const LLM_ROUTE =
  /\/(?:chat\/completions|completions|responses|embeddings|messages|images|audio|rerank|moderations|batches|files|generate_?content|converse|invoke)\b|:(?:stream)?generateContent/i;

/** Reads uvicorn's, gunicorn's and a reverse proxy's access line; null when the text is none. */
export function readAccessLine(message: string): AccessLine | null {
  if (!message.includes('" ')) return null;
  const match = ACCESS.exec(message);
  return match ? { method: match[1] as string, path: match[2] as string, status: Number(match[3]) } : null;
}

/** True for routes that LiteLLM forwards to a model. */
export function isModelRoute(path: string): boolean {
  return LLM_ROUTE.test(path);
}
