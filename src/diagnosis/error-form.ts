/** Forms in which a failure stands that no logger wrote: printed by an SDK, a client or a script, without a level. Each is anchored or bounded. */
const FORMS: readonly RegExp[] = [
  // the status of an answer: `Error code: 402 - {...}`, `HTTP 402 Payment Required`, `status: 429, body: ...`
  /^\W{0,3}(?:HTTP(?:\/[\d.]{1,4})?|(?:http[ _]?)?status(?:[ _]?code)?|err(?:or)?(?:[ _]?code)?|code|fail(?:ed|ure)?)\W{1,4}(?:status\W{1,3})?[45]\d\d\b/i,
  /^[45]\d\d (?:Client|Server) Error\b/,
  /\b(?:returned|answered|replied|responded with|failed with|received|got|rejected with|refused with)(?: an?)?(?: http)?(?: status| error| code){0,2}\W{1,3}[45]\d\d\b/i,
  // exceptions between brackets, of gRPC, in XML
  /^\[[\w.]{0,80}(?:Error|Exception|Fault)\]/,
  /^<_\w{1,40} of RPC that terminated with:|\b(?:rpc error|RPC failed): code = \w/i,
  /^(?:<\?xml [^>\n]{1,100}>\s{0,4})?<(?:\w{1,40}:)?Error(?:Response)?\b/,
  // a body as Python prints it
  /^b?["']?\{\s{0,4}\\?["'](?:errors?|detail|fault)\\?["']\s?:\s?(?!\s?(?:null|None|\[\]|\{\}|""|''|0|[Ff]alse))/,
  // pairs: `code=1113 msg=...`, `error=insufficient_quota message="..."`
  /^\W{0,3}(?:err(?:or)?[ _]?)?(?:code|type|error)\s{0,2}[=:]\s{0,2}["']?[\w.-]{1,60}["']?[\s,;|]{1,3}(?:err(?:or)?[ _]?)?(?:msg|message|desc\w{0,10}|reason|details?)\s{0,2}[=:]/i,
];
/** Python prints a file that it cannot parse without the head of a traceback. */
const UNPARSED = /^\s{2}File "[^"\n]{1,400}", line \d{1,7}\n/;

/** True for a text whose form says that it is a failure, whatever its words are. Linear. */
export function isErrorForm(text: string): boolean {
  return FORMS.some((form) => form.test(text));
}

/** True for what Python prints of a file that it cannot parse. */
export function isUnparsed(text: string): boolean {
  return UNPARSED.test(text) && /\n\w{0,20}Error: /.test(text);
}
