import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';

/**
 * A sheet over the right side. The browser's own dialog keeps the focus inside, closes by Escape, and gives
 * the focus back.
 */
export function SideSheet({
  title,
  testId,
  onClose,
  isWide = false,
  children,
}: {
  title: ReactNode;
  testId: string;
  /** After it has closed. */
  onClose: () => void;
  /** A place to work in: it takes the window, and a click beside it does not throw the work away. */
  isWide?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element === null || element.open) return;
    element.showModal();
    element.querySelector<HTMLElement>('[data-first-focus]')?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the sheet closes it; the keyboard has Escape
    <dialog
      className="sheet"
      ref={dialog}
      aria-labelledby={titleId}
      data-testid={testId}
      onClose={onClose}
      data-wide={isWide}
      onClick={(event) =>
        !isWide && event.target === event.currentTarget && dialog.current?.close()
      }
    >
      <div className="sheet-body">
        <div className="sheet-head">
          <h2 id={titleId}>{title}</h2>
          <ActionIcon
            aria-label="Close"
            title="Close (Escape)"
            onClick={() => dialog.current?.close()}
          >
            <IconX size={17} stroke={1.7} />
          </ActionIcon>
        </div>
        {children}
      </div>
    </dialog>
  );
}
