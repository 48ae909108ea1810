import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconTriangleFilled,
} from '@tabler/icons-react';
import type { Severity, Verdict } from '../../core/contract.js';

const icons = {
  drifted: IconTriangleFilled,
  inconclusive: IconCircleDashed,
  stable: IconCircleCheck,
  skipped: IconCircleMinus,
} satisfies Record<Verdict, unknown>;

const levels = { none: 0, minor: 1, moderate: 2, major: 3 } satisfies Record<Severity, number>;

/** An icon and a word; what drifted also says how far. Colour only repeats it. */
export function VerdictMark({ verdict, severity }: { verdict: Verdict; severity?: Severity }) {
  const level = severity === undefined ? 0 : levels[severity];
  return (
    <span className="verdict" data-verdict={verdict}>
      <VerdictIcon verdict={verdict} />
      <span className="verdict-words">
        <span className="verdict-word">{verdict}</span>
        {level > 0 && (
          <span className="severity">
            <SeverityBars level={level} />
            {severity}
          </span>
        )}
      </span>
    </span>
  );
}

export function VerdictIcon({ verdict }: { verdict: Verdict }) {
  const Icon = icons[verdict];
  return (
    <Icon
      className="verdict-icon"
      data-verdict={verdict}
      size={verdict === 'drifted' ? 13 : 16}
      stroke={2}
      aria-hidden
    />
  );
}

function SeverityBars({ level }: { level: number }) {
  return (
    <svg className="severity-bars" width="11" height="9" aria-hidden="true">
      {[1, 2, 3].map((step) => (
        <rect
          key={step}
          x={(step - 1) * 4}
          y={9 - step * 3}
          width="3"
          height={step * 3}
          opacity={step <= level ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}
