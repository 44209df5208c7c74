// Stands in for `react-devtools-core` in the bundle: Ink reaches for it only while it is developed.
export default { initialize: (): void => {}, connectToDevTools: (): void => {} };
