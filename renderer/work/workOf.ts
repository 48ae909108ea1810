import type { DriftReport, Finding } from '../../core/contract.js';
import { channelQWork, measureQWork } from './adjustedWork.js';
import { checkMessage } from './columnCode.js';
import { effectWork } from './effectWork.js';
import { measureWork } from './measureWork.js';
import { pValueWork } from './pValueWork.js';
import { statisticWork } from './statisticWork.js';
import { unrepeated } from './unrepeated.js';
import type { Work, WorkTopic } from './work.js';

/** How a number of a column came about; null where the report has no such number. */
export function workOf(topic: WorkTopic, finding: Finding, report: DriftReport): Work | null {
  const work = ownWork(topic, finding, report);
  if (!work?.snippet?.includes(checkMessage)) return work;
  const notes = unrepeated(finding, report).map((sentence) => `${sentence}.`);
  return { ...work, notes: [...work.notes, ...notes] };
}

function ownWork(topic: WorkTopic, finding: Finding, report: DriftReport): Work | null {
  if (topic.what === 'measure') return measureWork(topic.id, finding, report);
  if (topic.what === 'measure-q') return measureQWork(topic.id, finding, report);
  if (topic.what === 'effect') return effectWork(topic.channel, finding, report);
  if (topic.what === 'p') return pValueWork(topic.channel, finding, report);
  if (topic.what === 'q') return channelQWork(topic.channel, finding, report);
  return statisticWork(topic.key, finding, report);
}
