import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { WatchStore } from '../hooks/store.ts';
import { useKeymap } from '../hooks/use-keymap.ts';
import { StoreContext, useStore, useViewport, useWatch } from '../hooks/use-watch.ts';
import { AlertsPanel } from './AlertsPanel.tsx';
import { Footer } from './Footer.tsx';
import type { Glyphs } from './glyphs.ts';
import { HealthPanel } from './HealthPanel.tsx';
import type { Action } from './keys.ts';
import { ColorContext, Lines } from './Lines.tsx';
import { LogPanel } from './LogPanel.tsx';
import { Overlay } from './Overlay.tsx';
import { PathLine } from './PathLine.tsx';
import type { PanelId } from './panel-content.ts';
import { ResourcesPanel } from './ResourcesPanel.tsx';
import { Verdict } from './Verdict.tsx';

export interface AppProps {
  readonly store: WatchStore;
  readonly glyphs: Glyphs;
  readonly color: boolean;
  readonly onAction: (action: Action) => void;
}

/** The whole screen: exactly as many rows as the terminal has. */
export function App({ store, glyphs, color, onAction }: AppProps): ReactNode {
  return (
    <StoreContext value={store}>
      <ColorContext value={color}>
        <Screen glyphs={glyphs} onAction={onAction} />
      </ColorContext>
    </StoreContext>
  );
}

function Screen({ glyphs, onAction }: Pick<AppProps, 'glyphs' | 'onAction'>): ReactNode {
  const { columns, rows } = useViewport();
  const { isTyping } = useStore();
  useKeymap({ isTyping, onAction });
  return (
    <Box width={columns} height={rows} flexDirection="column" overflow="hidden">
      <Verdict />
      <PathLine />
      <Overlay />
      <Body glyphs={glyphs} />
      <Footer />
    </Box>
  );
}

const PANEL_COMPONENTS: Readonly<Record<PanelId, (props: { glyphs: Glyphs }) => ReactNode>> = {
  health: HealthPanel,
  resources: ResourcesPanel,
  alerts: AlertsPanel,
  logs: LogPanel,
};

function Body({ glyphs }: { glyphs: Glyphs }): ReactNode {
  const body = useWatch(({ screen }) => screen.body);
  const plain = useWatch(({ screen }) => screen.plain);
  return (
    <>
      {body.map((row) => (
        <Box key={row.map(({ place }) => place.id).join()} flexShrink={0}>
          {row.map(({ place }) => {
            const PanelComponent = PANEL_COMPONENTS[place.id];
            return <PanelComponent key={place.id} glyphs={glyphs} />;
          })}
        </Box>
      ))}
      <Lines lines={plain} />
    </>
  );
}
