import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { chartConfig } from '../charts/config.js';
import { usePrinting } from '../usePrinting.js';

type DrawChart = typeof import('../charts/drawChart.js').drawChart;
let loaded: DrawChart | null = null;

/** So that charts can be drawn at once, as printing wants them. */
export async function loadCharts(): Promise<DrawChart> {
  loaded ??= (await import('../charts/drawChart.js')).drawChart;
  return loaded;
}

/** A vega-lite chart as wide as its place, drawn once it comes into sight. */
export function VegaChart({
  spec,
  label,
  onDraw,
}: {
  spec: TopLevelSpec;
  label: string;
  /** Whenever it stands anew, and with null when it goes; for what is laid over it. */
  onDraw?: (view: View | null) => void;
}) {
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<View | null>(null);
  const isPrinting = usePrinting();
  const isVisible = useSeen(container) || isPrinting;
  const drawChart = useDrawChart(isVisible);
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours that are read depend on scheme and printing
  useLayoutEffect(() => {
    const element = container.current;
    if (element === null || drawChart === null || !isVisible) return;
    const config = chartConfig(document.documentElement);
    const drawn = drawChart(element, spec, config, element.clientWidth);
    view.current = drawn;
    onDraw?.(drawn);
    return () => {
      view.current = null;
      onDraw?.(null);
      drawn.finalize();
      element.replaceChildren();
    };
  }, [drawChart, isVisible, spec, scheme, isPrinting]);

  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth;
      if (view.current !== null && width > 0 && view.current.width() !== width) {
        view.current.width(width).run();
        onDraw?.(view.current);
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [onDraw]);

  return (
    <div
      className="chart"
      data-testid="chart"
      ref={container}
      role="img"
      aria-label={label}
      style={{ minHeight: 'height' in spec && typeof spec.height === 'number' ? spec.height : 0 }}
    />
  );
}

function useDrawChart(isWanted: boolean): DrawChart | null {
  const [draw, setDraw] = useState<{ chart: DrawChart | null }>({ chart: loaded });
  useEffect(() => {
    if (!isWanted || loaded !== null) return;
    let isMounted = true;
    void loadCharts().then((chart) => {
      if (isMounted) setDraw({ chart });
    });
    return () => {
      isMounted = false;
    };
  }, [isWanted]);
  return draw.chart ?? loaded;
}

function useSeen(container: React.RefObject<HTMLDivElement | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const element = container.current;
    if (element === null || isSeen) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true),
      { rootMargin: '200px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [container, isSeen]);
  return isSeen;
}
