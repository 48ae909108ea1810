import type { ReactNode } from 'react';

/** A labelled field; its note says what it is for. */
export function Field({
  label,
  note,
  children,
}: {
  label: string;
  note?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label className="field">
      <span className="field-label">{label}</span>
      {children}
      {note !== undefined && <span className="quiet field-note">{note}</span>}
    </label>
  );
}
