import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { redo, undo } from '../comparison.js';
import { useStore } from '../store.js';

/** There once an option was changed. */
export function UndoButtons() {
  const { past, future } = useStore((state) => state.history);
  if (past.length === 0 && future.length === 0) return null;
  return (
    <span className="undo">
      <ActionIcon
        aria-label="Undo the change of options"
        title="Undo the change of options (Ctrl+Z)"
        data-testid="undo"
        disabled={past.length === 0}
        onClick={() => void undo()}
      >
        <IconArrowBackUp size={17} stroke={1.7} />
      </ActionIcon>
      <ActionIcon
        aria-label="Change the options again"
        title="Change the options again (Ctrl+Shift+Z)"
        data-testid="redo"
        disabled={future.length === 0}
        onClick={() => void redo()}
      >
        <IconArrowForwardUp size={17} stroke={1.7} />
      </ActionIcon>
    </span>
  );
}
