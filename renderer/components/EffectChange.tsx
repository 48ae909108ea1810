import type { ColumnChange, Effect } from '../../core/contract.js';
import { effectPosition } from '../charts/effectPosition.js';
import { formatEffect } from '../format.js';

/** An effect then and now, each with its interval, on the scale of the limit that holds now. */
export function EffectChange({ change: { change, earlier, later } }: { change: ColumnChange }) {
  const limit = later.effect?.limit ?? earlier.effect?.limit;
  const isType = [earlier, later].some(({ effect }) => effect?.measure === 'type-change');
  if (limit === undefined || isType)
    return <span className="effect-none">no effect to measure</span>;
  const label = `Effect earlier ${sentence(earlier.effect)}, now ${sentence(later.effect)}; limit ${later.effect ? formatEffect(later.effect.measure, limit) : limit}`;
  const at = (value: number) => `${effectPosition(value / limit) * 100}%`;
  return (
    <span className="effect" title={label}>
      <svg className="effect-bar" role="img" aria-label={label}>
        <line className="effect-limit" x1={at(limit)} x2={at(limit)} y1="0" y2="20" />
        {[earlier.effect, later.effect].map((effect, i) => {
          if (effect === null) return null;
          const y = i === 0 ? 5 : 15;
          const [low, high] = effect.interval;
          return (
            <g key={y} className={i === 0 ? 'diff-earlier' : 'diff-change'} data-change={change}>
              <line className="effect-whisker" x1={at(low)} x2={at(high)} y1={y} y2={y} />
              <circle cx={at(effect.value)} cy={y} r="3.5" />
            </g>
          );
        })}
      </svg>
      <span className="effect-words">
        <span>
          {short(earlier.effect)} → <b>{short(later.effect)}</b>
        </span>
      </span>
    </span>
  );
}

function short(effect: Effect | null): string {
  return effect === null ? 'none' : formatEffect(effect.measure, effect.value);
}

function sentence(effect: Effect | null): string {
  if (effect === null) return 'none';
  const [low, high] = effect.interval.map((value) => formatEffect(effect.measure, value));
  return `${formatEffect(effect.measure, effect.value)}, 95 % interval ${low} to ${high}`;
}
