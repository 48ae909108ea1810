import { Button } from '@mantine/core';
import type { DriftReport, Finding } from '../../core/contract.js';
import { askedOptions, withMissingValue } from '../askedOptions.js';
import { missingOption } from '../compareCommand.js';
import { compareAgain } from '../comparison.js';
import { formatCount, formatSentence, formatShare } from '../format.js';
import { useStore } from '../store.js';
import { CopyBlock } from './CopyBlock.js';
import { Name } from './Name.js';

/** Values that look as if they stood for *missing*, each with a way to treat it so. */
export function DisguisedMissing({ report, finding }: { report: DriftReport; finding: Finding }) {
  const canRun = useStore((state) => state.sources !== null);
  const { name, disguisedMissing, reference, current } = finding;
  if (disguisedMissing.length === 0) return null;
  return (
    <section className="panel" data-testid="disguised">
      <h2 className="panel-title">May stand for missing</h2>
      <table className="plain">
        <thead>
          <tr>
            <th>Value</th>
            <th className="number">Reference</th>
            <th className="number">Current</th>
            <th>Why</th>
            {canRun && <td />}
          </tr>
        </thead>
        <tbody>
          {disguisedMissing.map(({ value, referenceCount, currentCount, why }) => (
            <tr key={value}>
              <th scope="row" className="code">
                <Name text={value} />
              </th>
              <Count count={referenceCount} total={reference.count} />
              <Count count={currentCount} total={current.count} />
              <td className="wide">
                <bdi>{formatSentence(why)}</bdi>
              </td>
              {canRun && (
                <td className="number">
                  <Button
                    size="compact-xs"
                    data-testid="treat-as-missing"
                    title={`Run the comparison again with ${value} as missing in this column`}
                    onClick={() =>
                      void compareAgain(withMissingValue(askedOptions(report), name, value))
                    }
                  >
                    Treat as missing
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!canRun && (
        <div className="missing-command" data-testid="treat-as-missing">
          <p className="quiet">To treat them as missing, run the comparison with this option:</p>
          <CopyBlock
            text={missingOption(
              name,
              disguisedMissing.map(({ value }) => value),
            )}
            label="Copy the option"
          />
        </div>
      )}
    </section>
  );
}

function Count({ count, total }: { count: number; total: number }) {
  return (
    <td className="number">
      {formatCount(count)}{' '}
      <span className="quiet">{formatShare(total === 0 ? 0 : count / total)}</span>
    </td>
  );
}
