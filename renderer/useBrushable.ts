import type { CubeColumn, Finding } from '../core/contract.js';
import { cubeColumn, type LinkedCube, linkedCube } from './linkedCube.js';
import { useStore } from './store.js';

/** The cube and a column's place in it; null where rows cannot be selected by it, as on paper. */
export function useBrushable({ name }: Finding): { linked: LinkedCube; column: CubeColumn } | null {
  const report = useStore((state) => (state.printed === null ? state.report : null));
  const linked = report === null ? null : linkedCube(report);
  const column = linked === null ? null : cubeColumn(linked, name);
  return linked === null || column === null ? null : { linked, column };
}
