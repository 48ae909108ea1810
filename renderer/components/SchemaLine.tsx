import { IconColumns3 } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { DriftReport, SchemaDifference } from '../../core/contract.js';
import { formatCount } from '../format.js';
import { Name } from './Name.js';
import { RenameLines } from './RenameLines.js';

/** Columns that are on one side only, or that changed their type or perhaps their name: one line that opens. */
export function SchemaLine({ report }: { report: DriftReport }) {
  const [isOpen, setOpen] = useState(false);
  const lines = schemaLines(report.schema).filter((line) => line.items.length > 0);
  const acceptedCount = Object.keys(report.options.renames).length;
  const counts = [
    ...lines.map((line) => `${formatCount(line.items.length)} ${line.term}`),
    ...countOf(report.schema.renamed.length, 'perhaps renamed'),
    ...countOf(acceptedCount, 'compared under the reference’s name'),
  ];
  if (counts.length === 0) return null;
  return (
    <>
      <p className="fact">
        <IconColumns3 size={16} stroke={1.7} aria-hidden />
        <span>
          The files do not have the same columns: {counts.join(', ')}.{' '}
          <button
            type="button"
            className="link"
            data-testid="show-schema"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide them' : 'Show them'}
          </button>
        </span>
      </p>
      {isOpen && (
        <dl className="schema panel schema-panel">
          {lines.map((line) => (
            <Line key={line.term} term={line.term} items={line.items} />
          ))}
          <RenameLines report={report} />
        </dl>
      )}
    </>
  );
}

function schemaLines(schema: SchemaDifference): { term: string; items: ReactNode[] }[] {
  const chip = (name: string, more: string) => (
    <span key={name} className="chip">
      <Name text={name} /> <span className="quiet">{more}</span>
    </span>
  );
  return [
    {
      term: 'only in the current',
      items: schema.added.map((column) => chip(column.name, column.storageType)),
    },
    {
      term: 'only in the reference',
      items: schema.removed.map((column) => chip(column.name, column.storageType)),
    },
    {
      term: 'of another type',
      items: schema.retyped.map(({ name, from, to }) => chip(name, `${from} → ${to}`)),
    },
  ];
}

function countOf(count: number, term: string): string[] {
  return count > 0 ? [`${formatCount(count)} ${term}`] : [];
}

const most = 12;

function Line({ term, items }: { term: string; items: ReactNode[] }) {
  const [isWhole, setWhole] = useState(false);
  const hiddenCount = isWhole ? 0 : Math.max(0, items.length - most);
  return (
    <div className="schema-line">
      <dt>{term}</dt>
      <dd>
        {items.slice(0, items.length - hiddenCount)}
        {hiddenCount > 0 && (
          <button type="button" className="link" onClick={() => setWhole(true)}>
            and {formatCount(hiddenCount)} more
          </button>
        )}
      </dd>
    </div>
  );
}
