import { IconAlertTriangle } from '@tabler/icons-react';
import { useStore } from '../store.js';

/** What went wrong, in one sentence, where it went wrong. */
export function ErrorLine() {
  const error = useStore((state) => state.error);
  if (error === null) return null;
  return (
    <p className="error-line" role="alert" data-testid="error">
      <IconAlertTriangle size={17} stroke={1.8} aria-hidden />
      <bdi>{error}</bdi>
    </p>
  );
}
