const VARIABLE = [
  /\[redacted:?[^\]\s]{0,40}\]/gi,
  /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g,
  /\b(?:[a-z][a-z+]{1,11}:\/\/)[^\s"'<>]{1,2000}/gi,
  /\b(?:sk|pk|rk|gsk|xai|hf|org|proj|req|user|key|acct|asst|run|thread|msg|chatcmpl|AIza|AKIA|ghp|nvapi|pplx|tok|toolu|call)[-_][\w*.-]{2,200}/g,
  /\b\S{0,40}\*{3,}\S{0,40}/g,
  /\b(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,12}(?::\d{1,5})?\b/g,
  /(?<![\w-])[\w-]{1,63}:\d{2,5}\b/g,
  /\b\d[\d.,:_-]{0,40} ?(?:ms|milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|[smhdw])\b/gi,
  /\b(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{3,6})?,? (?=\d)|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} (?=\d)|(?<=\d )(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/gi,
  /(["'`])[^\s"'`]{1,120}\1/g,
  /(?<![\w.:/@-])[\w.:/@-]{0,120}\d[\w.:/@-]{0,120}/g,
];
const WORD = /[\p{L}]{2,40}/gu;
const ZONES = new Set(['utc', 'gmt', 'am', 'pm', 'none', 'null']);

/**
 * The same for the same failure whatever its ids, numbers, times, keys and hosts: a hash of the class, whose it is and the
 * words that stay. Linear; reads at most 600 characters.
 */
export function fingerprint(parts: readonly (string | null)[], text: string): string {
  let body = text.length > 600 ? text.slice(0, 600) : text;
  for (const pattern of VARIABLE) body = body.replace(pattern, ' ');
  const words = (body.toLowerCase().match(WORD) ?? []).filter((word) => !ZONES.has(word)).slice(0, 40);
  return hash(
    `${parts
      .map((part) => part ?? '-')
      .join('|')
      .toLowerCase()}|${words.join(' ')}`,
  );
}

/** FNV-1a twice, with other seeds: 64 bits are plenty to tell failures of one gateway apart. */
function hash(text: string): string {
  let one = 0x811c9dc5;
  let two = 0x1b873593;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x85ebca6b);
  }
  return (one >>> 0).toString(16).padStart(8, '0') + (two >>> 0).toString(16).padStart(8, '0');
}
