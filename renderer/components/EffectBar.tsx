import type { Effect, EffectMeasure, Verdict } from '../../core/contract.js';
import { effectPosition, farthest } from '../charts/effectPosition.js';
import { formatEffect } from '../format.js';
import type { WorkTopic } from '../work/work.js';
import { WorkButton } from './WorkButton.js';

const words = {
  'wasserstein-normalized': 'shift in σ',
  'jensen-shannon': 'JS distance',
  'missing-share-difference': 'missing',
  'new-or-out-of-range-share': 'unseen values',
  'type-change': 'type change',
} satisfies Record<EffectMeasure, string>;

const explanations = {
  'wasserstein-normalized':
    'Wasserstein distance divided by the reference’s robust standard deviation',
  'jensen-shannon': 'Jensen-Shannon distance, base 2, 0 to 1',
  'missing-share-difference': 'difference of the shares of missing values',
  'new-or-out-of-range-share': 'share of current rows that are new categories or out of range',
  'type-change': 'the storage type differs',
} satisfies Record<EffectMeasure, string>;

/** An effect beside its limit: bar, interval as whisker, what chance alone gives as a band. */
export function EffectBar({
  effect,
  verdict,
  work,
}: {
  effect: Effect | null;
  verdict: Verdict;
  work: { column: string; topic: WorkTopic; tabIndex?: number };
}) {
  if (effect === null) return <span className="effect-none">no effect to measure</span>;
  if (effect.measure === 'type-change') {
    return (
      <span className="effect-none">
        <WorkButton {...work} of="Effect">
          {words[effect.measure]}
        </WorkButton>
      </span>
    );
  }
  const at = (value: number) => `${effectPosition(value / effect.limit) * 100}%`;
  const [low, high] = effect.interval;
  const write = (value: number) => formatEffect(effect.measure, value);
  const title = `${explanations[effect.measure]}: ${write(effect.value)}, 95 % interval ${write(low)} to ${write(high)}, limit ${write(effect.limit)}; chance alone gives up to ${write(effect.noiseFloor)}`;
  return (
    <span className="effect" title={title} data-verdict={verdict}>
      <svg className="effect-bar" role="img" aria-label={title}>
        <rect className="effect-noise" x="0" y="0" width={at(effect.noiseFloor)} height="20" />
        {[2, 4, farthest].map((ratio) => (
          <line
            key={ratio}
            className="effect-grid"
            x1={`${effectPosition(ratio) * 100}%`}
            x2={`${effectPosition(ratio) * 100}%`}
            y1="0"
            y2="20"
          />
        ))}
        <rect className="effect-value" x="0" y="6" width={at(effect.value)} height="8" />
        <line className="effect-limit" x1={at(effect.limit)} x2={at(effect.limit)} y1="0" y2="20" />
        <line className="effect-whisker" x1={at(low)} x2={at(high)} y1="10" y2="10" />
        <line className="effect-whisker" x1={at(low)} x2={at(low)} y1="6.5" y2="13.5" />
        {high / effect.limit <= farthest ? (
          <line className="effect-whisker" x1={at(high)} x2={at(high)} y1="6.5" y2="13.5" />
        ) : (
          <svg x="100%" overflow="visible">
            <title>beyond the scale</title>
            <path className="effect-beyond" d="M1 4l7 6-7 6z" />
          </svg>
        )}
      </svg>
      <span className="effect-words">
        <b>
          <WorkButton {...work} of="Effect">
            {write(effect.value)}
          </WorkButton>
        </b>
        <span>
          {words[effect.measure]} · limit {write(effect.limit)}
        </span>
      </span>
    </span>
  );
}
