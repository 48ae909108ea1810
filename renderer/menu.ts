import { bridge, type MenuCommand } from './bridge.js';
import { choosePaths } from './choosing.js';
import { saveReport } from './exporting.js';
import { go } from './store.js';

const commands: Record<MenuCommand, () => void> = {
  open: () => void openFromDialog(),
  'export-html': () => void saveReport('html'),
  'export-json': () => void saveReport('json'),
};

/** The window's own menu does what the page's buttons do. */
export function followMenu(): void {
  bridge()?.onMenu((command) => commands[command]());
}

async function openFromDialog(): Promise<void> {
  const paths = (await bridge()?.openFiles()) ?? [];
  if (paths.length === 0) return;
  go({ view: 'open', column: null });
  choosePaths(paths);
}
