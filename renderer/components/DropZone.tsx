import { Button, CloseButton, Progress, TextInput } from '@mantine/core';
import { IconClipboard, IconFile, IconFolderOpen, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import type { Side } from '../../core/contract.js';
import { chooseFiles, choosePath, clearSide, readOtherwise } from '../choosing.js';
import { detectedWords } from '../detectedWords.js';
import { formatBytes, formatCounted, formatShare } from '../format.js';
import { type ChosenFile, useStore } from '../store.js';
import type { PreviewState } from '../usePreview.js';
import { ImportDialog } from './ImportDialog.js';
import { Name } from './Name.js';
import { PasteSheet } from './PasteSheet.js';

interface Props {
  side: Side;
  title: string;
  note: string;
  /** Not where the file is both sides. */
  hasSwatch?: boolean;
  chosen: ChosenFile | null;
  /** The beginning of the chosen file. */
  preview: PreviewState;
}

/** One side's place for a file: drop it, choose it, paste it, or type where it is. */
export function DropZone({ side, title, note, hasSwatch = true, chosen, preview }: Props) {
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
        {hasSwatch && <span className={`swatch-${side}`} aria-hidden="true" />}
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
        <Chosen
          side={side}
          chosen={chosen}
          preview={preview}
          onChoose={() => input.current?.click()}
        />
      )}
    </section>
  );
}

function Empty({ side, onChoose }: { side: Side; onChoose: () => void }) {
  const [path, setPath] = useState('');
  const [isPasting, setPasting] = useState(false);
  const take = () => path.trim() !== '' && choosePath(side, path.trim());
  return (
    <div className="zone-body">
      <IconUpload className="zone-icon" size={26} stroke={1.3} aria-hidden />
      <p>Drop a file here, or</p>
      <span className="zone-ways">
        <Button leftSection={<IconFolderOpen size={15} stroke={1.6} />} onClick={onChoose}>
          Choose a file…
        </Button>
        <Button
          data-testid={`${side}-paste`}
          leftSection={<IconClipboard size={15} stroke={1.6} />}
          onClick={() => setPasting(true)}
        >
          Paste a table…
        </Button>
      </span>
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
      {isPasting && <PasteSheet side={side} onClose={() => setPasting(false)} />}
    </div>
  );
}

function Chosen({
  side,
  chosen,
  preview,
  onChoose,
}: {
  side: Side;
  chosen: ChosenFile;
  preview: PreviewState;
  onChoose: () => void;
}) {
  const [isReading, setReading] = useState(false);
  const kinds = useStore((state) => state.kinds);
  const { source, name, sizeBytes, sentShare } = chosen;
  return (
    <div className="zone-body">
      <div className="zone-file">
        <IconFile size={20} stroke={1.4} aria-hidden />
        <span className="zone-words">
          <Name text={name} className="dataset-name" />
          <span className="quiet">
            {sizeBytes === null ? <Name text={source?.path ?? ''} /> : sizeWords(chosen, sizeBytes)}
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
      {source === null ? (
        <Progress className="zone-progress" size="xs" value={sentShare * 100} aria-label="Sent" />
      ) : (
        <Detected preview={preview} where={source.where} />
      )}
      <span className="zone-ways">
        <Button
          data-testid={`${side}-reading`}
          disabled={source === null}
          onClick={() => setReading(true)}
        >
          How it is read…
        </Button>
        <Button variant="subtle" onClick={onChoose}>
          Choose another…
        </Button>
      </span>
      {isReading && source !== null && (
        <ImportDialog
          side={side}
          source={source}
          kinds={kinds}
          useLabel="Read it like this"
          onUse={(next, nextKinds) => readOtherwise(side, next, nextKinds)}
          onClose={() => setReading(false)}
        />
      )}
    </div>
  );
}

function sizeWords({ source, sentShare }: ChosenFile, sizeBytes: number): string {
  const size = formatBytes(sizeBytes);
  return source === null ? `${formatShare(Math.round(sentShare * 100) / 100)} of ${size}` : size;
}

/** What was found out about the file, or why it cannot be read. */
function Detected({
  preview: { preview, error, isLoading },
  where,
}: {
  preview: PreviewState;
  where: string | undefined;
}) {
  const rejectedCount = preview?.rejectedRows.length ?? 0;
  return (
    <p className="zone-detected" role="status" data-testid="detected">
      {isLoading ? (
        <span className="quiet">Reading the beginning…</span>
      ) : error !== null ? (
        <bdi className="paste-error">{error}</bdi>
      ) : (
        preview !== null && <span className="quiet">{detectedWords(preview).join(' · ')}</span>
      )}
      {rejectedCount > 0 && error === null && (
        <span className="warning">{formatCounted(rejectedCount, 'row')} not read so far</span>
      )}
      {where !== undefined && (
        <span className="quiet">
          only rows where <Name text={where} className="code" />
        </span>
      )}
    </p>
  );
}
