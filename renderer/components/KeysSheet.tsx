import { ActionIcon } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from '../store.js';
import { SideSheet } from './SideSheet.js';

interface Key {
  keys: string[];
  does: string;
  /** Only where something can run. */
  inApp?: boolean;
}

const groups: { title: string; keys: Key[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['Tab', 'Shift Tab'], does: 'to the next control, or back' },
      { keys: ['Enter', 'Space'], does: 'what the control does' },
      { keys: ['Escape'], does: 'close a sheet or a menu' },
      { keys: ['1', '2'], does: 'the overview, or schema and quality' },
      { keys: ['Ctrl Z', '⌘ Z'], does: 'undo a change of options', inApp: true },
      { keys: ['Ctrl Shift Z', '⌘ Shift Z'], does: 'change the options again', inApp: true },
      { keys: ['?'], does: 'this list' },
    ],
  },
  {
    title: 'In the list of columns',
    keys: [
      { keys: ['/'], does: 'search by name; Escape clears the search' },
      { keys: ['↑', '↓'], does: 'from row to row' },
      { keys: ['Page Up', 'Page Down'], does: 'eight rows on' },
      { keys: ['Home', 'End'], does: 'the first or the last row' },
      { keys: ['Enter'], does: 'open the column' },
    ],
  },
  {
    title: 'In a column',
    keys: [
      { keys: ['j', 'k'], does: 'the next or the previous column' },
      { keys: ['←', '→'], does: 'from bin to bin of a chart that rows can be selected by' },
      { keys: ['Shift ←', 'Shift →'], does: 'more or fewer bins; Enter selects, Escape clears' },
      { keys: ['Escape'], does: 'back to the list' },
    ],
  },
];

/** The button that lists the keys, and the sheet behind it. */
export function KeysSheet() {
  const [isOpen, setOpen] = useState(false);
  const isReport = useStore((state) => state.mode === 'report');
  useEffect(() => {
    const onKey = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      const owners = 'input, select, textarea, dialog, [role=menu]';
      const isOwned = target instanceof Element && target.closest(owners) !== null;
      if (key === '?' && !isOwned && !ctrlKey && !metaKey && !altKey) setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <ActionIcon
        aria-label="Keys"
        title="Keys (?)"
        aria-haspopup="dialog"
        data-testid="open-keys"
        onClick={() => setOpen(true)}
      >
        <IconKeyboard size={18} stroke={1.6} />
      </ActionIcon>
      {isOpen && (
        <SideSheet title="Keys" testId="keys" onClose={() => setOpen(false)}>
          {groups.map(({ title, keys }) => (
            <section key={title}>
              <h3 id={`keys-${title}`}>{title}</h3>
              <table className="plain keys" aria-labelledby={`keys-${title}`}>
                <tbody>
                  {keys
                    .filter(({ inApp }) => inApp !== true || !isReport)
                    .map((key) => (
                      <tr key={key.does}>
                        <th scope="row">
                          {key.keys.map((name, i) => (
                            <span key={name}>
                              {i > 0 && <span className="quiet"> or </span>}
                              <kbd>{name}</kbd>
                            </span>
                          ))}
                        </th>
                        <td>{key.does}</td>
                      </tr>
                    ))}
                </tbody>
              </table>
            </section>
          ))}
        </SideSheet>
      )}
    </>
  );
}
