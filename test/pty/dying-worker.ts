/* Stands where the engine's thread does, and dies. */
setTimeout(() => process.exit(7), 700);
