/** Opening a report that was exported before: it is shown as a comparison's, without its data. */

import type { Source } from '../core/contract.js';
import { DriftError } from '../core/errors.js';
import { reportStart } from '../core/readReport.js';
import { bridge } from './bridge.js';
import { openReport, toSentence, upload } from './engine.js';
import { startRoute } from './route.js';
import { go, useStore } from './store.js';

/** Whether a file may be a report, by its name; JSON may be data as well. */
export function mayBeReport(name: string): boolean {
  return /\.(html?|json)$/i.test(name);
}

/** Shows a report; where it is none and may be data, `otherwise` has it. */
export async function showReport(source: Source, otherwise?: () => void): Promise<void> {
  try {
    const { report, reportId } = await openReport(source);
    useStore.setState({
      report,
      reportId,
      diff: null,
      diffed: null,
      sources: null,
      error: null,
      listScrollTop: 0,
      activeColumn: null,
    });
    go(startRoute);
  } catch (error) {
    const isData = error instanceof DriftError && error.code === 'not-a-report';
    if (isData && otherwise !== undefined && source.path.toLowerCase().endsWith('.json')) {
      otherwise();
    } else useStore.setState({ error: toSentence(error) });
  }
}

/** From a chooser or a drop: by its path in the window, else sent to the server. */
export async function showReportFile(file: File, otherwise?: () => void): Promise<void> {
  // data files may be large, and are not sent to find out
  if (otherwise !== undefined && !(await looksLikeReport(file))) {
    otherwise();
    return;
  }
  const path = bridge()?.pathForFile(file) ?? '';
  if (path !== '') return showReport({ path });
  try {
    const { source } = await upload(file, () => {}, new AbortController().signal);
    await showReport({ ...source, name: file.name });
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  }
}

async function looksLikeReport(file: File): Promise<boolean> {
  return reportStart.test(await file.slice(0, 100).text());
}
