import {
  IconAlignLeft,
  IconCategory,
  IconClock,
  IconFingerprint,
  IconHash,
  IconToggleLeft,
} from '@tabler/icons-react';
import type { Kind } from '../../core/contract.js';

const icons = {
  numeric: IconHash,
  categorical: IconCategory,
  boolean: IconToggleLeft,
  datetime: IconClock,
  text: IconAlignLeft,
  identifier: IconFingerprint,
} satisfies Record<Kind, unknown>;

export function KindIcon({ kind }: { kind: Kind }) {
  const Icon = icons[kind];
  return <Icon className="kind-icon" size={16} stroke={1.6} aria-hidden />;
}
