const WINDOW = 10_000;
const STEP = 250;

/** How fast something moves, over the last ten seconds. */
export class Pace {
  private steps: { at: number; amount: number }[] = [];

  add(amount: number, now: number): void {
    const last = this.steps[this.steps.length - 1];
    if (last !== undefined && now - last.at < STEP) last.amount += amount;
    else this.steps.push({ at: now, amount });
    this.forget(now);
  }

  perSecond(now: number): number {
    this.forget(now);
    const first = this.steps[0];
    if (first === undefined || now - first.at < STEP) return 0;
    return (this.steps.reduce((sum, { amount }) => sum + amount, 0) * 1000) / (now - first.at);
  }

  private forget(now: number): void {
    this.steps = this.steps.filter(({ at }) => now - at < WINDOW);
  }
}
