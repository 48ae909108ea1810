import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { type Config, compile, type TopLevelSpec } from 'vega-lite';
import { Handler } from 'vega-tooltip';

/** Loaded only when a chart is wanted. Expressions are interpreted: the page's policy has no eval. */
export function drawChart(
  container: HTMLElement,
  spec: TopLevelSpec,
  config: Config,
  width: number,
): View {
  const { spec: compiled } = compile(
    { ...spec, width, autosize: { type: 'fit-x', contains: 'padding' } } as TopLevelSpec,
    { config },
  );
  const runtime = parse(compiled, undefined, { ast: true });
  const view = new View(runtime, { expr: expressionInterpreter, renderer: 'svg', hover: true });
  // The page's policy admits no style element, so the tooltip's look is in our own style sheet.
  view.tooltip(new Handler({ disableDefaultStyle: true }).call);
  view.initialize(container).run();
  return view;
}
