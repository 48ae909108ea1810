import { Button } from '@mantine/core';
import { IconArrowsExchange, IconPlayerPlay, IconReport, IconSparkles } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { bridge } from '../bridge.js';
import { choosePaths, isSending, swapSides } from '../choosing.js';
import { compareChosen, comparePair } from '../comparison.js';
import { DropZone } from '../components/DropZone.js';
import { ErrorLine } from '../components/ErrorLine.js';
import { SplitFields } from '../components/SplitFields.js';
import { showReportFile } from '../openingReport.js';
import { useStore } from '../store.js';
import { usePaste } from '../usePaste.js';
import { usePreview } from '../usePreview.js';

/** Two files in, or one that a column splits; everything else has a default. */
export function OpenView() {
  const { reference, current } = useStore((state) => state.chosen);
  const split = useStore((state) => state.split);
  const isReady =
    reference?.source != null && (split === null ? current?.source != null : split.column !== '');
  const compareButton = useRef<HTMLButtonElement>(null);
  useDropGuard();
  usePaste();
  const isPair = isReady && split === null;
  // So that Enter compares as soon as both files are there.
  useEffect(() => {
    if (isPair) compareButton.current?.focus();
  }, [isPair]);
  return (
    <main className="scroller">
      <div className="open">
        <header>
          <h1 className="open-title">How far has your data moved?</h1>
          <p className="open-lead">
            Give the data that a model was trained on and the data that it sees now. You get a
            ranked, explained answer in seconds. Nothing leaves this machine.
          </p>
        </header>
        <Ways isSplit={split !== null} />
        <Zones />
        <ErrorLine />
        <div className="open-actions">
          <Button
            ref={compareButton}
            size="sm"
            variant="filled"
            data-testid="compare"
            disabled={!isReady}
            onClick={() => void compareChosen()}
            leftSection={<IconPlayerPlay size={16} stroke={1.8} />}
          >
            Compare
          </Button>
          <OtherStarts />
        </div>
        <p className="open-formats">
          Reads CSV and other delimited text, JSON lines, Parquet, Arrow and Feather, folders of
          such files, and tables from the clipboard (Ctrl+V). How text is written is detected, and
          can be changed.
        </p>
      </div>
    </main>
  );
}

function Ways({ isSplit }: { isSplit: boolean }) {
  const ways = [
    { label: 'Two files', value: false },
    { label: 'One file, split by a column', value: true },
  ];
  return (
    <div className="ways" role="radiogroup" aria-label="What is compared">
      {ways.map(({ label, value }) => (
        <label key={label} className="way">
          <input
            type="radio"
            name="way"
            checked={isSplit === value}
            onChange={() => useStore.setState({ split: value ? { column: '', at: '' } : null })}
          />
          {label}
        </label>
      ))}
    </div>
  );
}

function Zones() {
  const { reference, current } = useStore((state) => state.chosen);
  const split = useStore((state) => state.split);
  const referencePreview = usePreview(reference?.source ?? null);
  const currentPreview = usePreview(split === null ? (current?.source ?? null) : null);
  if (split !== null) {
    return (
      <div className="zones">
        <DropZone
          side="reference"
          title="One file"
          note="with both sides in it"
          hasSwatch={false}
          chosen={reference}
          preview={referencePreview}
        />
        <span className="zone-arrow" aria-hidden="true">
          →
        </span>
        <SplitFields split={split} columns={referencePreview.preview?.columns ?? []} />
      </div>
    );
  }
  return (
    <div className="zones">
      <DropZone
        side="reference"
        title="Reference"
        note="what the model was trained on"
        chosen={reference}
        preview={referencePreview}
      />
      <Button
        className="swap"
        variant="default"
        aria-label="Swap the two files"
        title="Swap the two files"
        disabled={
          (reference === null && current === null) || isSending(reference) || isSending(current)
        }
        onClick={swapSides}
      >
        <IconArrowsExchange size={17} stroke={1.7} />
      </Button>
      <DropZone
        side="current"
        title="Current"
        note="what it sees now"
        chosen={current}
        preview={currentPreview}
      />
    </div>
  );
}

function OtherStarts() {
  const info = useStore((state) => state.info);
  return (
    <>
      {bridge() !== undefined && (
        <Button size="sm" onClick={() => void bridge()?.openFiles().then(choosePaths)}>
          Open two files…
        </Button>
      )}
      <Button
        size="sm"
        variant="subtle"
        data-testid="try-sample"
        disabled={info === null}
        title={info?.sample.title}
        leftSection={<IconSparkles size={16} stroke={1.6} />}
        onClick={() => info !== null && void comparePair(info.sample)}
      >
        Try the sample
      </Button>
      <OpenReport />
    </>
  );
}

function OpenReport() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        className="unseen"
        type="file"
        accept=".html,.htm,.json"
        tabIndex={-1}
        aria-label="Report file"
        data-testid="report-input"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) void showReportFile(file);
          event.currentTarget.value = '';
        }}
      />
      <Button
        size="sm"
        variant="subtle"
        data-testid="open-report"
        title="An HTML or JSON file that was exported here; its data are not needed"
        leftSection={<IconReport size={16} stroke={1.6} />}
        onClick={() => input.current?.click()}
      >
        Open a report…
      </Button>
    </>
  );
}

/** A file that misses the zones must not replace the page. */
function useDropGuard(): void {
  useEffect(() => {
    const stop = (event: DragEvent) => event.preventDefault();
    window.addEventListener('dragover', stop);
    window.addEventListener('drop', stop);
    return () => {
      window.removeEventListener('dragover', stop);
      window.removeEventListener('drop', stop);
    };
  }, []);
}
