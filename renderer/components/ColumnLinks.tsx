import { useState } from 'react';
import { formatCount } from '../format.js';
import { openColumn } from '../store.js';
import { Name } from './Name.js';

const most = 8;

/** Names of columns that open them, the first few until more are asked for. */
export function ColumnLinks({ names }: { names: string[] }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? names : names.slice(0, most);
  return (
    <span className="column-links">
      {shown.map((name) => (
        <button key={name} type="button" className="link" onClick={() => openColumn(name)}>
          <Name text={name} />
        </button>
      ))}
      {shown.length < names.length && (
        <button type="button" className="link" onClick={() => setWhole(true)}>
          and {formatCount(names.length - shown.length)} more
        </button>
      )}
    </span>
  );
}
