/** Dates of the academy, counted from today so that the demo never grows old. */
export class Days {
  constructor(private readonly today: Date) {}

  /** `YYYY-MM-DD`, so many calendar days from today; negative: before. */
  calendar(offset: number): string {
    const day = new Date(this.today);
    day.setUTCDate(day.getUTCDate() + offset);
    return day.toISOString().slice(0, 10);
  }

  /** The n-th working day from now; the first one is tomorrow at the earliest. */
  working(n: number): string {
    let left = n;
    for (let offset = 1; ; offset++) {
      const weekday = new Date(`${this.calendar(offset)}T12:00:00Z`).getUTCDay();
      if (weekday !== 0 && weekday !== 6 && --left <= 0) return this.calendar(offset);
    }
  }
}
