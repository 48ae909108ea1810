import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Side } from '../../core/contract.js';
import { choosePasted } from '../choosing.js';
import { toSentence } from '../engine.js';
import { formatCounted } from '../format.js';
import { type PastedTable, pastedTable } from '../pastedTable.js';
import { markWords } from '../readingChoices.js';
import { SideSheet } from './SideSheet.js';

/** A place to paste a table into, with a look at what it is before it is used. */
export function PasteSheet({ side, onClose }: { side: Side; onClose: () => void }) {
  const [text, setText] = useState('');
  const { table, error } = read(text);
  return (
    <SideSheet title={`Paste a table as the ${side}`} testId="paste" onClose={onClose}>
      <form
        className="paste"
        onSubmit={(event) => {
          event.preventDefault();
          if (table === null) return;
          event.currentTarget.closest('dialog')?.close();
          void choosePasted(side, table);
        }}
      >
        <textarea
          className="paste-text code"
          data-first-focus
          data-testid="paste-text"
          aria-label="Pasted table"
          aria-describedby="paste-found"
          placeholder="Copy cells from a spreadsheet, a query or a web page, with their header, and paste them here."
          spellCheck={false}
          rows={16}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p id="paste-found" role="status" className={error === null ? 'quiet' : 'paste-error'}>
          {table === null ? error : words(table)}
        </p>
        <Button type="submit" variant="filled" data-testid="use-pasted" disabled={table === null}>
          Use it
        </Button>
      </form>
    </SideSheet>
  );
}

function read(text: string): { table: PastedTable | null; error: string | null } {
  if (text.trim() === '') return { table: null, error: null };
  try {
    return { table: pastedTable(text), error: null };
  } catch (error) {
    return { table: null, error: toSentence(error) };
  }
}

function words({ lineCount, columnCount, delimiter }: PastedTable): string {
  const lines = `${formatCounted(lineCount, 'line')} of ${formatCounted(columnCount, 'column')}`;
  return columnCount > 1 ? `${lines}, parted by ${markWords(delimiter)}` : lines;
}
