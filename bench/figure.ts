/** What a figure has to be. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number };

/** One line of the table, and one entry of the JSON. */
export interface Figure {
  readonly section: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** `<= 3`; null: told for information. */
  readonly aim: string | null;
  /** What else does the same work, and what that takes: `the guide: 804`. */
  readonly against: string | null;
  /** null: without an aim. */
  readonly ok: boolean | null;
}

export interface Measured {
  readonly section: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: Aim;
  readonly against?: string;
}

/** A value that is not a number misses every aim. */
export function toFigure({ aim, against, ...measured }: Measured): Figure {
  const told = { ...measured, against: against ?? null };
  if (aim === undefined) return { ...told, aim: null, ok: null };
  if ('atMost' in aim) return { ...told, aim: `<= ${aim.atMost}`, ok: measured.value <= aim.atMost };
  return { ...told, aim: `>= ${aim.atLeast}`, ok: measured.value >= aim.atLeast };
}
