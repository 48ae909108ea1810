/** All that others import of the engine. */

export { chooseContents } from './chooseContents.js';
export { compare } from './compare.js';
export type * from './contract.js';
export { engineCalls, isShare, kinds, mostSampleRows, reportSections } from './contract.js';
export { diffReports, isWorse } from './diffReports.js';
export { createEngine, type EngineOptions } from './engine.js';
export {
  badOption,
  DriftError,
  exitCode,
  fromWire,
  isDriftError,
  messages,
  quoted,
  toWire,
  unreadable,
} from './errors.js';
export type { Input } from './inputs.js';
export { type MeasureOptions, measure } from './measure.js';
export { builtFile, packageRoot, packageVersion } from './packageFiles.js';
export { readReport, reportStart } from './readReport.js';
export { diffHtml, Report, reportHtml } from './report.js';
export {
  createTemporaryFolder,
  isAbandoned,
  ownerMark,
  removeTemporaryFolders,
  sweepTemporaryFolders,
} from './temporaryFolder.js';
export { withSampleRows } from './withSampleRows.js';
export type { FromWorker, ToWorker, WorkerPort } from './worker/protocol.js';
