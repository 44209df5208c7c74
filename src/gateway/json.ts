/** Reading JSON from outside: nothing is trusted, nothing throws, only named own fields are picked. */

export type JsonObject = { readonly [key: string]: unknown };

export type Parsed = { ok: true; value: unknown } | { ok: false };

export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) };
  } catch {
    return { ok: false };
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own field `key` of an object; undefined for anything else, inherited fields included. */
export function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A non-empty string that does not stand for "nothing" (LiteLLM writes Python's `None` as text in places). */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== 'None' ? value : null;
}

/** A finite number, also where it comes as a string (`"1.35e-05"`). */
function number(value: unknown): number | null {
  if (typeof value === 'string' && value.trim() !== '' && value.length < 40) return number(Number(value));
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A number that is no price, count or size unless it is 0 or more. */
export function amount(value: unknown): number | null {
  const found = number(value);
  return found !== null && found >= 0 ? found : null;
}
