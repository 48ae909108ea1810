import { Button } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { go, hasRunningView, useStore } from '../store.js';
import { ExportButton } from './ExportButton.js';
import { KeysSheet } from './KeysSheet.js';
import { Name } from './Name.js';
import { NumbersMenu } from './NumbersMenu.js';
import { SchemeToggle } from './SchemeToggle.js';
import { ViewTabs } from './ViewTabs.js';

export function TopBar() {
  const report = useStore((state) => state.report);
  const isRunning = useStore(hasRunningView);
  const view = useStore((state) => state.route.view);
  const mode = useStore((state) => state.mode);
  const shows = report !== null && !isRunning && (view !== 'open' || mode === 'report');
  return (
    <header className="top-bar">
      <span className="brand">
        <Logo />
        Driftglass
      </span>
      {shows && (
        <span className="top-files">
          <span className="swatch-reference" aria-hidden="true" />
          <Name text={report.reference.name} />
          <span className="quiet">against</span>
          <span className="swatch-current" aria-hidden="true" />
          <Name text={report.current.name} />
        </span>
      )}
      {shows && <ViewTabs view={view} />}
      <span className="spring" />
      {shows && mode === 'app' && (
        <Button
          className="top-new"
          aria-label="New comparison"
          leftSection={<IconFolderPlus size={16} stroke={1.6} />}
          variant="subtle"
          color="gray"
          onClick={() => go({ view: 'open', column: null })}
        >
          New comparison
        </Button>
      )}
      {!shows && report !== null && !isRunning && (
        <Button variant="subtle" color="gray" onClick={() => go({ view: 'overview' })}>
          Back to the report
        </Button>
      )}
      {shows && view !== 'diff' && <ExportButton />}
      <NumbersMenu />
      <KeysSheet />
      <SchemeToggle />
    </header>
  );
}

function Logo() {
  return (
    <svg className="logo" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path className="logo-reference" d="M1.5 19c5 0 5.5-13 9.5-13S15.5 19 20.5 19z" />
      <path className="logo-current" d="M5 19c5 0 5-14.5 9.5-14.5S18 19 23 19" />
    </svg>
  );
}
