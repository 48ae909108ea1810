import { Button } from '@mantine/core';
import { IconArrowsExchange, IconPlayerPlay, IconSparkles } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { bridge } from '../bridge.js';
import { choosePaths, compareChosen, comparePair, isSending, swapSides } from '../comparison.js';
import { DropZone } from '../components/DropZone.js';
import { ErrorLine } from '../components/ErrorLine.js';
import { useStore } from '../store.js';

/** Two files in; everything else has a default. */
export function OpenView() {
  const { reference, current } = useStore((state) => state.chosen);
  const info = useStore((state) => state.info);
  const isReady = reference?.source != null && current?.source != null;
  const compareButton = useRef<HTMLButtonElement>(null);
  useDropGuard();
  // So that Enter compares as soon as both files are there.
  useEffect(() => {
    if (isReady) compareButton.current?.focus();
  }, [isReady]);
  return (
    <main className="scroller">
      <form
        className="open"
        onSubmit={(event) => {
          event.preventDefault();
          void compareChosen();
        }}
      >
        <header>
          <h1 className="open-title">How far has your data moved?</h1>
          <p className="open-lead">
            Give the data that a model was trained on and the data that it sees now. You get a
            ranked, explained answer in seconds. Nothing leaves this machine.
          </p>
        </header>
        <div className="zones">
          <DropZone
            side="reference"
            title="Reference"
            note="what the model was trained on"
            chosen={reference}
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
          <DropZone side="current" title="Current" note="what it sees now" chosen={current} />
        </div>
        <ErrorLine />
        <div className="open-actions">
          <Button
            ref={compareButton}
            type="submit"
            size="sm"
            variant="filled"
            data-testid="compare"
            disabled={!isReady}
            leftSection={<IconPlayerPlay size={16} stroke={1.8} />}
          >
            Compare
          </Button>
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
        </div>
        <p className="open-formats">
          Reads CSV and other delimited text (also compressed with gzip or zstd), Parquet, and
          folders of such files. Delimiter, types and missing values are detected.
        </p>
      </form>
    </main>
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
