import type { Progress } from '../core/index.js';
import { printable } from './summaryTable.js';

export interface ProgressLine {
  show(progress: Progress): void;
  /** Leaves a clean line behind. */
  end(): void;
}

const barWidth = 24;

/** Progress on standard error: a bar on a terminal, one plain line per stage elsewhere. */
export function createProgressLine(
  stream: NodeJS.WriteStream,
  names: { reference: string; current: string },
): ProgressLine {
  let shown = '';
  let stage = '';
  return {
    show: (progress) => {
      const share =
        progress.stage === 'scan'
          ? progress.share
          : (progress.columnIndex + 1) / progress.columnCount;
      const label =
        progress.stage === 'scan'
          ? `Reading ${printable(names[progress.side])}`
          : `Measured ${progress.columnIndex + 1} of ${progress.columnCount} columns`;
      if (!stream.isTTY) {
        const name = progress.stage === 'scan' ? label : 'Measuring columns';
        if (name !== stage) stream.write(`${name}\n`);
        stage = name;
        return;
      }
      const filled = Math.round((share ?? 0) * barWidth);
      const line = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${label}`.slice(
        0,
        stream.columns,
      );
      if (line !== shown) stream.write(`\r\u001b[K${line}`);
      shown = line;
    },
    end: () => {
      if (shown !== '') stream.write('\r\u001b[K');
      shown = '';
    },
  };
}
