import { MantineProvider } from '@mantine/core';
import { RunStrip } from './components/RunStrip.js';
import { SelectionBar } from './components/SelectionBar.js';
import { TopBar } from './components/TopBar.js';
import { WorkPanel } from './components/WorkPanel.js';
import { schemeManager } from './scheme.js';
import { hasRunningView, useStore } from './store.js';
import { theme } from './theme.js';
import { ColumnView } from './views/ColumnView.js';
import { DiffView } from './views/DiffView.js';
import { OpenView } from './views/OpenView.js';
import { OverviewView } from './views/OverviewView.js';
import { PrintedColumns } from './views/PrintedColumns.js';
import { QualityView } from './views/QualityView.js';
import { RunningView } from './views/RunningView.js';
import { useWriting } from './writing.js';

/** The whole interface; an exported report shows the same, with its data inside. */
export function App() {
  // all that is drawn is drawn anew, as numbers stand in what is remembered, too
  const convention = useWriting((state) => state.convention);
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
        <RunStrip />
        <Selected key={`selected-${convention}`} />
        <Screen key={convention} />
        <Work key={`work-${convention}`} />
      </div>
    </MantineProvider>
  );
}

function Selected() {
  const report = useStore((state) =>
    hasRunningView(state) ? null : (state.printed ?? state.report),
  );
  const view = useStore((state) => state.route.view);
  return report === null || (view !== 'overview' && view !== 'column') ? null : (
    <SelectionBar report={report} />
  );
}

function Work() {
  const report = useStore((state) => (hasRunningView(state) ? null : state.report));
  return report === null ? null : <WorkPanel report={report} />;
}

function Screen() {
  const route = useStore((state) => state.route);
  const report = useStore((state) => state.printed ?? state.report);
  const isRunning = useStore(hasRunningView);
  const mode = useStore((state) => state.mode);
  const diff = useStore((state) => state.diff);
  if (isRunning) return <RunningView />;
  if (diff !== null && (route.view === 'diff' || report === null)) return <DiffView diff={diff} />;
  if (report === null || (route.view === 'open' && mode === 'app')) return <OpenView />;
  const finding = report.columns.find((column) => column.name === route.column);
  if (route.view === 'column' && finding !== undefined) {
    return <ColumnView key={finding.name} report={report} finding={finding} />;
  }
  if (route.view === 'quality') return <QualityView report={report} />;
  return (
    <>
      <OverviewView report={report} />
      <PrintedColumns report={report} />
    </>
  );
}
