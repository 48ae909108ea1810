import { useEffect } from 'react';
import { chooseFiles, choosePasted, freeSide } from './choosing.js';
import { toSentence } from './engine.js';
import { pastedTable } from './pastedTable.js';
import { useStore } from './store.js';

const fields = 'input:not([type=radio]), textarea, select, dialog';

/** A table or files pasted anywhere but into a field go to the free side. */
export function usePaste(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(fields) != null || event.clipboardData === null) return;
      event.preventDefault();
      pasteInto(event.clipboardData);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
}

function pasteInto(data: DataTransfer): void {
  const side = freeSide();
  if (side === null) {
    useStore.setState({
      error: 'No place is free; take a file away, then paste the table again.',
    });
    return;
  }
  const files = [...data.files];
  const text = data.getData('text/plain');
  // a spreadsheet offers a picture of the cells beside their text
  if (text === '' && files.length > 0) {
    chooseFiles(side, files);
    return;
  }
  try {
    void choosePasted(side, pastedTable(text));
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  }
}
