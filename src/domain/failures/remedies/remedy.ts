/** What operators are told of an error code; docs/errors.md lists the same. */
export interface Remedy {
  /** What failed, in plain words. `{scope}` stands for what is broken: `mailbox "training"`; `{detail}` for an event or a domain. */
  readonly title: string;
  /** What that means for people and their calendars. */
  readonly meaning: string;
  /** What to do, in this order. */
  readonly steps: readonly string[];
}

export type Remedies = Readonly<Record<string, Remedy>>;
