import type { TextProfile, WordChange } from '../../core/contract.js';
import { formatPoints, formatShare } from '../format.js';
import { Name } from './Name.js';

/** Which words are new, and which rose or fell. */
export function TextPanel({ text }: { text: TextProfile }) {
  const { unseenWordShare, expectedUnseenWordShare, risen, fallen } = text;
  return (
    <section className="panel" data-testid="text">
      <h2 className="panel-title">Words</h2>
      <p>
        {formatShare(unseenWordShare)} of the current words are not in the reference;{' '}
        {formatShare(expectedUnseenWordShare)} were to be expected, as one half of the reference
        against the other.
      </p>
      <div className="word-lists">
        <Words title="Rose" words={risen} />
        <Words title="Fell" words={fallen} />
      </div>
    </section>
  );
}

function Words({ title, words }: { title: string; words: WordChange[] }) {
  if (words.length === 0) return null;
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>{title}</th>
          <th className="number">Reference</th>
          <th className="number">Current</th>
          <th className="number">Difference</th>
        </tr>
      </thead>
      <tbody>
        {words.map(({ word, referenceShare, currentShare }) => (
          <tr key={word}>
            <th scope="row">
              <Name text={word} />
            </th>
            <td className="number">{formatShare(referenceShare)}</td>
            <td className="number">{formatShare(currentShare)}</td>
            <td className="number quiet">{formatPoints(currentShare - referenceShare)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
