import type { Progress } from '../core/index.js';
import { printable } from './terminalText.js';

export interface ProgressLine {
  show(progress: Progress): void;
  /** Leaves a clean line behind. */
  end(): void;
}

const barWidth = 24;

/** Progress on standard error: a bar on a terminal, one plain line per stage elsewhere. */
export function createProgressLine(
  stream: NodeJS.WriteStream,
  /** One file may be both sides. */
  names: { reference: string; current: string | null },
): ProgressLine {
  let shown = '';
  const told = new Set<string>();
  const files = [names.reference, ...(names.current === null ? [] : [names.current])];
  const shares = { reference: 0, current: 0 };
  return {
    show: (progress) => {
      if (!stream.isTTY) {
        const line =
          progress.stage === 'scan'
            ? `Reading ${printable(names[progress.side] ?? names.reference)}`
            : 'Measuring columns';
        if (!told.has(line)) stream.write(`${line}\n`);
        told.add(line);
        return;
      }
      // both files are read at once
      if (progress.stage === 'scan') shares[progress.side] = progress.share ?? 0;
      const share =
        progress.stage === 'scan'
          ? (shares.reference + shares.current) / files.length
          : (progress.columnIndex + 1) / progress.columnCount;
      const label =
        progress.stage === 'scan'
          ? `Reading ${printable(files.join(' and '))}`
          : `Measured ${progress.columnIndex + 1} of ${progress.columnCount} columns`;
      const filled = Math.round(share * barWidth);
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
