const COUNTED =
  'request requests call calls token tokens query queries message messages image images operation operations generation generations prompt prompts character characters req reqs invocation invocations completion completions hits transactions jobs';
const TIMES = 'second seconds sec minute minutes min mins hour hours hr day days';
const BETWEEN = [
  '',
  'a ',
  'an ',
  'each ',
  'every ',
  'in a ',
  'in one ',
  'in the last ',
  'in the past ',
  'within a ',
  'within one ',
];

/** `requests/min`, `tokens a day`, `calls in the last hour`: a count of something in a unit of time, in any pairing. */
export const RATES = COUNTED.split(' ')
  .flatMap((counted) => BETWEEN.flatMap((between) => TIMES.split(' ').map((time) => `${counted} ${between}${time}`)))
  // not of one: `message(s)` is a plural
  .concat(['requests s', 'tokens s', 'calls s', 'queries s', 'req s'])
  .join(',');
