/* Preloaded into the program under test (`NODE_OPTIONS=--import`), it throws, with the key in the text, once all is running. */
setTimeout(() => {
  const text = `boom ${process.env.LITELLM_MASTER_KEY}`;
  if (process.env.CRASH_BY === 'rejection') void Promise.reject(new Error(text));
  else throw new Error(text);
}, 1500);
