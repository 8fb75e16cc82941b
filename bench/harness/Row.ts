/** A line of the table. */
export interface Row {
  readonly figure: string;
  /** Ours and the peer's, with the unit. */
  readonly ours: string;
  readonly peer?: string;
  /** The median of the ratios ours / peer of each round, and the lowest and the highest of them. */
  readonly ratio?: string;
  readonly target?: string;
  readonly met?: boolean;
}
