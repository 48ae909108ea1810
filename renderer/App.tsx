import { MantineProvider } from '@mantine/core';
import { TopBar } from './components/TopBar.js';
import { WorkPanel } from './components/WorkPanel.js';
import { schemeManager } from './scheme.js';
import { useStore } from './store.js';
import { theme } from './theme.js';
import { ColumnView } from './views/ColumnView.js';
import { OpenView } from './views/OpenView.js';
import { OverviewView } from './views/OverviewView.js';
import { RunningView } from './views/RunningView.js';

/** The whole interface; an exported report shows the same, with its data inside. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <div className="app">
        <TopBar />
        <Screen />
        <Work />
      </div>
    </MantineProvider>
  );
}

function Work() {
  const report = useStore((state) => (state.run === null ? state.report : null));
  return report === null ? null : <WorkPanel report={report} />;
}

function Screen() {
  const route = useStore((state) => state.route);
  const report = useStore((state) => state.report);
  const isRunning = useStore((state) => state.run !== null);
  const mode = useStore((state) => state.mode);
  if (isRunning) return <RunningView />;
  if (report === null || (route.view === 'open' && mode === 'app')) return <OpenView />;
  const finding = report.columns.find((column) => column.name === route.column);
  if (route.view === 'column' && finding !== undefined) {
    return <ColumnView key={finding.name} report={report} finding={finding} />;
  }
  return <OverviewView report={report} />;
}
