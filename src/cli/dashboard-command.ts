import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../config/settings.ts';
import type { Key } from '../watch/start.ts';

/** The dashboard's bundle, which the core may not import: it is found beside the executable. */
interface DashboardModule {
  runDashboard(input: { settings: Settings; key: Key | null }): Promise<number>;
}

/** Opens the dashboard in this terminal. Resolves to the exit code. */
export async function dashboardCommand(settings: Settings, key: Key | null): Promise<number> {
  const places = ['./dashboard.js', '../dashboard.js'].map((path) => new URL(path, import.meta.url));
  const bundle = places.find((url) => existsSync(url));
  if (bundle === undefined) throw new Error('the dashboard is not built: run npm run build');
  const { runDashboard } = createRequire(import.meta.url)(fileURLToPath(bundle)) as DashboardModule;
  return runDashboard({ settings, key });
}
