/** True for the code of an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** True for the code of an ASCII capital. */
export function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** True for the code of an ASCII letter. */
export function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}

/** True for what `\w` matches. */
export function isWordCode(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 95;
}

/** What `\s` matches. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code >= 0xa0 && /\s/.test(String.fromCharCode(code)));
}
