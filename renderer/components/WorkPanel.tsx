import type { DriftReport } from '../../core/contract.js';
import { useStore } from '../store.js';
import type { Work } from '../work/work.js';
import { workOf } from '../work/workOf.js';
import { CopyBlock } from './CopyBlock.js';
import { Name } from './Name.js';
import { SideSheet } from './SideSheet.js';

/** How the number that was asked for came about. */
export function WorkPanel({ report }: { report: DriftReport }) {
  const shown = useStore((state) => state.work);
  const finding = report.columns.find((column) => column.name === shown?.column);
  if (shown === null || finding === undefined) return null;
  const work = workOf(shown.topic, finding, report);
  if (work === null) return null;
  return (
    <SideSheet
      title={work.title}
      testId="work-panel"
      onClose={() => useStore.setState({ work: null })}
    >
      <p className="work-column">
        of the column <Name text={finding.name} />
      </p>
      <p className="work-answers">{work.answers}</p>
      <h3>Formula</h3>
      <p className="work-formula">{work.formula}</p>
      <h3>Inputs</h3>
      <dl className="work-inputs">
        {work.inputs.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {work.notes.map((note) => (
        <p key={note} className="work-note">
          {note}
        </p>
      ))}
      <Snippet work={work} />
      {work.source !== null && (
        <>
          <h3>Source</h3>
          <p>{work.source}</p>
        </>
      )}
    </SideSheet>
  );
}

function Snippet({ work: { snippet, prints } }: { work: Work }) {
  if (snippet === null) return null;
  return (
    <>
      <h3>The same number with SciPy</h3>
      <CopyBlock text={snippet} label="Copy the code" blockId="work-snippet" buttonId="work-copy" />
      {prints.length > 0 && (
        <table className="plain work-prints">
          <thead>
            <tr>
              <th>It prints</th>
              <th className="number">In this report</th>
            </tr>
          </thead>
          <tbody>
            {prints.map(({ label, value }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td className="number code">{String(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
