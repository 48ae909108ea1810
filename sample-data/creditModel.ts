export interface ModelInput {
  /** In dollars, as the model was trained. */
  income: number;
  rating: number | null;
  debt: number;
  utilization: number;
  pastDue: number;
}

/**
 * Probability that a loan is repaid. Like a tree model it does not extrapolate: an income below what
 * it was trained on counts as the lowest of the training, and a missing rating as the middle one.
 */
export function creditModel(input: ModelInput): number {
  const income = Math.log(Math.min(160_000, Math.max(20_000, input.income)) / 50_000);
  const value =
    1.75 +
    0.9 * income +
    0.013 * ((input.rating ?? 690) - 690) -
    4 * (input.debt - 0.34) -
    0.8 * (input.utilization - 0.35) -
    (input.pastDue > 0 ? 0.6 : 0);
  return 1 / (1 + Math.exp(-value));
}
