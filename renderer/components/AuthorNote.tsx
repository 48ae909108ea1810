import { Button } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { DriftReport } from '../../core/contract.js';
import { noteOf, writeNote } from '../authorNotes.js';
import { useStore } from '../store.js';
import { Markdown } from './Markdown.js';

/** The author's words for the report or a column: read by all, written in the app. */
export function AuthorNote({ report, column }: { report: DriftReport; column: string | null }) {
  const canWrite = useStore((state) => state.mode === 'app');
  const [isWriting, setWriting] = useState(false);
  const text = noteOf(report, column);
  if (isWriting) return <Writing column={column} text={text} onEnd={() => setWriting(false)} />;
  if (text === '' && !canWrite) return null;
  const change = (
    <button
      type="button"
      className="link note-change"
      data-testid="note-write"
      onClick={() => setWriting(true)}
    >
      {text === '' ? `Add a note to this ${column === null ? 'report' : 'column'}` : 'Change'}
    </button>
  );
  if (text === '') return <p className="note-empty">{change}</p>;
  return (
    <section className="note" aria-label="Note of the author" data-testid="author-note">
      <IconNote size={16} stroke={1.6} aria-hidden />
      <Markdown text={text} />
      {canWrite && change}
    </section>
  );
}

function Writing({
  column,
  text,
  onEnd,
}: {
  column: string | null;
  text: string;
  onEnd: () => void;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  return (
    <form
      className="note-writing"
      onSubmit={(event) => {
        event.preventDefault();
        writeNote(column, area.current?.value ?? '');
        onEnd();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onEnd();
      }}
    >
      <textarea
        ref={area}
        className="note-text"
        data-testid="note-text"
        aria-label={column === null ? 'Note to the report' : 'Note to this column'}
        placeholder="What a reader should know. Markdown: **bold**, _italics_, `code`, - lists, [links](https://…)"
        rows={5}
        maxLength={100_000}
        defaultValue={text}
      />
      <span className="note-buttons">
        <Button type="submit" variant="filled" data-testid="note-keep">
          Keep
        </Button>
        <Button variant="subtle" color="gray" onClick={onEnd}>
          Cancel
        </Button>
        <span className="quiet">Goes into what you export.</span>
      </span>
    </form>
  );
}
