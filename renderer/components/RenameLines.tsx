import { Button } from '@mantine/core';
import type { CompareOptions, DriftReport } from '../../core/contract.js';
import { askedOptions, withoutRename, withRename } from '../askedOptions.js';
import { renameOption } from '../compareCommand.js';
import { compareAgain } from '../comparison.js';
import { formatName, formatSentence } from '../format.js';
import { useStore } from '../store.js';
import { Name } from './Name.js';

/** Columns that were perhaps renamed, each to be accepted, and those that were, each to be undone. */
export function RenameLines({ report }: { report: DriftReport }) {
  const canRun = useStore((state) => state.sources !== null);
  const options = askedOptions(report);
  const accepted = Object.entries(report.options.renames);
  const { renamed } = report.schema;
  const all = renamed.reduce<CompareOptions>(
    (next, { from, to }) => withRename(next, from, to),
    options,
  );
  return (
    <>
      {renamed.length > 0 && (
        <div className="schema-line" data-testid="renames">
          <dt>perhaps renamed</dt>
          <dd>
            <ul className="renames">
              {renamed.map(({ from, to, why }) => (
                <li key={from}>
                  <Pair from={from} to={to} />
                  <bdi className="quiet rename-why">{formatSentence(why)}</bdi>
                  {canRun ? (
                    <Button
                      size="compact-xs"
                      data-testid="accept-rename"
                      aria-label={`Accept: compare ${formatName(to)} as ${formatName(from)}`}
                      title="Compare them as one column, under the reference’s name"
                      onClick={() => void compareAgain(withRename(options, from, to))}
                    >
                      Accept
                    </Button>
                  ) : (
                    <code className="code">{renameOption(from, to)}</code>
                  )}
                </li>
              ))}
            </ul>
            {canRun && renamed.length > 1 && (
              <Button size="compact-xs" onClick={() => void compareAgain(all)}>
                Accept all {renamed.length}
              </Button>
            )}
          </dd>
        </div>
      )}
      {accepted.length > 0 && (
        <div className="schema-line" data-testid="accepted-renames">
          <dt>compared as one</dt>
          <dd>
            <ul className="renames">
              {accepted.map(([from, to]) => (
                <li key={from}>
                  <Pair from={from} to={to} />
                  {canRun && (
                    <Button
                      size="compact-xs"
                      data-testid="undo-rename"
                      aria-label={`Undo: part ${formatName(from)} and ${formatName(to)} again`}
                      onClick={() => void compareAgain(withoutRename(options, from))}
                    >
                      Undo
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      )}
    </>
  );
}

function Pair({ from, to }: { from: string; to: string }) {
  return (
    <span className="chip">
      <Name text={from} /> <span aria-hidden="true">→</span>
      <span className="unseen">is called</span> <Name text={to} />
    </span>
  );
}
