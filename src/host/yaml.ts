// A module of our own between: the bundler gives a CommonJS library that is imported on demand no named exports.
export { parse } from 'yaml';
