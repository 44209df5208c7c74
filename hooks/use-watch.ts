import { createContext, use, useSyncExternalStore } from 'react';
import type { PanelId } from '../components/panel-content.ts';
import type { PlacedContent } from '../components/screen.ts';
import type { WatchState, WatchStore } from './store.ts';

export const StoreContext = createContext<WatchStore | null>(null);

/** The store that the dashboard runs on. */
export function useStore(): WatchStore {
  const store = use(StoreContext);
  if (store === null) throw new Error('no store: mount the component under StoreContext');
  return store;
}

/** A part of what is visible. `select` must give the same object for the same state. */
export function useWatch<Part>(select: (state: WatchState) => Part): Part {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** A panel in its place; null where the layout has none. */
function usePanel(id: PanelId): PlacedContent | null {
  return useWatch(({ screen }) => screen.body.flat().find(({ place }) => place.id === id) ?? null);
}

export const useHealth = (): PlacedContent | null => usePanel('health');
export const useResources = (): PlacedContent | null => usePanel('resources');
export const useAlerts = (): PlacedContent | null => usePanel('alerts');
export const useLogEvents = (): PlacedContent | null => usePanel('logs');

/** Size and step of the ladder. */
export function useViewport(): WatchState['screen']['layout'] {
  return useWatch(({ screen }) => screen.layout);
}
