// Stands in for `react-devtools-core` in the bundle.
export const connectToDevTools = (): void => {};
