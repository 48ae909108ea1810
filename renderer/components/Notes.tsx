import { IconInfoCircle } from '@tabler/icons-react';

export function Notes({ notes }: { notes: string[] }) {
  return notes.map((note) => (
    <p key={note} className="fact">
      <IconInfoCircle size={16} stroke={1.7} aria-hidden />
      <bdi>{note}</bdi>
    </p>
  ));
}
