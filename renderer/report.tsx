import { createRoot } from 'react-dom/client';
import type { DriftReport, ReportDiff } from '../core/contract.js';
import { inflated } from '../core/readReport.js';
import { App } from './App.js';
import { loadCharts } from './components/VegaChart.js';
import { followHash, useStore } from './store.js';
import './styles/all.css';

void start();

async function start(): Promise<void> {
  const root = document.getElementById('root');
  const island = document.getElementById('driftglass-report');
  if (root === null || !(island instanceof HTMLScriptElement))
    throw new Error('the report is not whole');
  const text = island.textContent;
  const json = island.type === 'application/gzip' ? await inflated(text) : text;
  const data = JSON.parse(json) as DriftReport | ReportDiff;
  useStore.setState({ mode: 'report', ...('type' in data ? { diff: data } : { report: data }) });
  followHash();
  createRoot(root).render(<App />);
  await loadCharts();
  // whoever prints the page by machine waits for this
  document.documentElement.dataset.ready = 'true';
}
