import type { ColumnSummary, Finding, Side } from '../contract.js';

/** Pairs of neighbours among columns that are alike in everything that is known of them on one side. */
export function twinCandidates(findings: readonly Finding[], side: Side): [string, string][] {
  const alike = new Map<string, string[]>();
  for (const finding of findings) {
    const summary = finding[side];
    // columns without values, or with one value, are the same without saying anything
    if (summary.count === 0 || summary.distinctCount < 2) continue;
    const key = fingerprint(finding.kind, summary);
    alike.set(key, [...(alike.get(key) ?? []), finding.name]);
  }
  return [...alike.values()].flatMap((names) =>
    names.slice(1).map((name, i): [string, string] => [names[i] as string, name]),
  );
}

function fingerprint(kind: Finding['kind'], summary: ColumnSummary): string {
  const { count, missingCount, distinctCount, mean, min, max, quantiles, top } = summary;
  return JSON.stringify([kind, count, missingCount, distinctCount, mean, min, max, quantiles, top]);
}
