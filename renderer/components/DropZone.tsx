import { Button, CloseButton, Progress, TextInput } from '@mantine/core';
import { IconFile, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import type { Side } from '../../core/contract.js';
import { chooseFiles, choosePath, clearSide } from '../comparison.js';
import { formatBytes, formatShare } from '../format.js';
import type { ChosenFile } from '../store.js';
import { Name } from './Name.js';

interface Props {
  side: Side;
  title: string;
  note: string;
  chosen: ChosenFile | null;
}

/** One side's place for a file: drop it, choose it, or type where it is. */
export function DropZone({ side, title, note, chosen }: Props) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    chooseFiles(side, [...event.dataTransfer.files]);
  };
  return (
    <section
      className="zone"
      aria-label={title}
      data-over={isOver}
      data-filled={chosen !== null}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={onDrop}
    >
      <h2 className="zone-title">
        <span className={`swatch-${side}`} aria-hidden="true" />
        {title}
        <span className="quiet">{note}</span>
      </h2>
      <input
        ref={input}
        className="unseen"
        type="file"
        tabIndex={-1}
        aria-label={`${title} file`}
        data-testid={`${side}-input`}
        onChange={(event) => {
          chooseFiles(side, [...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      {chosen === null ? (
        <Empty side={side} onChoose={() => input.current?.click()} />
      ) : (
        <Chosen side={side} chosen={chosen} onChoose={() => input.current?.click()} />
      )}
    </section>
  );
}

function Empty({ side, onChoose }: { side: Side; onChoose: () => void }) {
  const [path, setPath] = useState('');
  const take = () => path.trim() !== '' && choosePath(side, path.trim());
  return (
    <div className="zone-body">
      <IconUpload className="zone-icon" size={26} stroke={1.3} aria-hidden />
      <p>Drop a file here, or</p>
      <Button onClick={onChoose}>Choose a file…</Button>
      <TextInput
        className="zone-path"
        aria-label={`Path of the ${side} file`}
        placeholder="or type a path and press Enter"
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || path.trim() === '') return;
          event.preventDefault();
          take();
        }}
        onBlur={take}
      />
    </div>
  );
}

function Chosen({
  side,
  chosen,
  onChoose,
}: {
  side: Side;
  chosen: ChosenFile;
  onChoose: () => void;
}) {
  const isSent = chosen.source !== null;
  return (
    <div className="zone-body">
      <div className="zone-file">
        <IconFile size={20} stroke={1.4} aria-hidden />
        <span className="zone-words">
          <Name text={chosen.name} className="dataset-name" />
          <span className="quiet">
            {chosen.sizeBytes === null ? (
              <Name text={chosen.source?.path ?? ''} />
            ) : isSent ? (
              formatBytes(chosen.sizeBytes)
            ) : (
              `${formatShare(Math.round(chosen.sentShare * 100) / 100)} of ${formatBytes(chosen.sizeBytes)}`
            )}
          </span>
        </span>
        <span className="spring" />
        <CloseButton
          size="sm"
          aria-label={`Take the ${side} file away`}
          title="Take it away"
          onClick={() => clearSide(side)}
        />
      </div>
      {!isSent && (
        <Progress
          className="zone-progress"
          size="xs"
          value={chosen.sentShare * 100}
          aria-label="Sent"
        />
      )}
      <Button variant="subtle" size="compact-xs" onClick={onChoose}>
        Choose another…
      </Button>
    </div>
  );
}
