const MESSAGE = /["'](?:message|detail|error|msg|error_msg|error_message|errorMessage|errmsg)["']\s{0,4}:\s{0,4}["']/g;
const SHORTEST = 3;
const LONGEST = 400;
const VALUE_END = /^["']\s{0,4}[,}\]]/;

/** The first value of a message's key that is neither empty nor longer than a row; null where there is none. */
function messageIn(text: string): string | null {
  MESSAGE.lastIndex = 0;
  for (let match = MESSAGE.exec(text); match; match = MESSAGE.exec(text)) {
    const from = match.index + match[0].length;
    const mark = text[from - 1] as string;
    const last = Math.min(text.length, from + LONGEST);
    for (let end = text.indexOf(mark, from + SHORTEST); end >= 0 && end <= last; end = text.indexOf(mark, end + 1)) {
      if (!VALUE_END.test(text.slice(end, end + 6))) continue;
      const value = text.slice(from, end);
      if (!value.includes('\n')) return value;
      break;
    }
  }
  return null;
}

/** The sentence to show in a row: the innermost message of a provider's JSON, else the first line that says something. */
export function firstLine(text: string, body: string): string {
  const cut = body.length > 4000 ? body.slice(0, 4000) : body;
  const plain = cut.includes('\\') ? cut.replace(/\\{1,12}(["'])/g, '$1').replace(/\\{1,12}n/g, ' ') : cut;
  const said = messageIn(plain);
  if (said && !/^[{[]/.test(said)) return said;
  const line = firstFull(plain.includes('<') ? plain.replace(/<[^<>]{0,200}>/g, ' ') : plain) ?? firstFull(text);
  return line ?? text.slice(0, 600);
}

/** Space that is not one space between words. */
const WIDE = /\s\s|[^\S ]/;

function firstFull(text: string): string | null {
  for (const line of text.split('\n', 40)) {
    const cut = line.length > 1200 ? line.slice(0, 1200) : line;
    const short = (WIDE.test(cut) ? cut.replace(/\s+/g, ' ') : cut).trim();
    if (short.length > 1) return short;
  }
  return null;
}
