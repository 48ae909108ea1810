import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { copyText } from '../copyText.js';

type State = 'idle' | 'copied' | 'selected';

/** Code to take along, whole, with a button that copies it. */
export function CopyBlock({
  text,
  label,
  blockId,
  buttonId,
}: {
  text: string;
  /** What is copied, for the button: `Copy the code`. */
  label: string;
  blockId?: string;
  buttonId?: string;
}) {
  const block = useRef<HTMLPreElement>(null);
  const [state, setState] = useState<State>('idle');
  const copy = async () => {
    setState((await copyText(text, block.current)) ? 'copied' : 'selected');
    setTimeout(() => setState('idle'), 4000);
  };
  return (
    <div className="copy">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long code scrolls, and must do so by keyboard */}
      <pre className="copy-text" ref={block} tabIndex={0} data-testid={blockId} translate="no">
        {text}
      </pre>
      <div className="copy-foot">
        <Button
          data-testid={buttonId}
          leftSection={
            state === 'copied' ? (
              <IconCheck size={15} stroke={1.8} />
            ) : (
              <IconCopy size={15} stroke={1.6} />
            )
          }
          onClick={() => void copy()}
        >
          {label}
        </Button>
        <span className="quiet" role="status">
          {words[state]}
        </span>
      </div>
    </div>
  );
}

const words: Record<State, string> = {
  idle: '',
  copied: 'Copied.',
  selected: 'Selected; copy it with Ctrl+C or ⌘C.',
};
