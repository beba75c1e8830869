import type { Timing } from "@/engine/silentEngine";

/** Time that passes when a test says so. */
export class FakeTiming implements Timing {
  private ms = 0;
  private waiting: { at: number; run: () => void }[] = [];

  now(): number {
    return this.ms;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.ms + ms, run };
    this.waiting.push(timer);
    return () => {
      this.waiting = this.waiting.filter((one) => one !== timer);
    };
  }

  /** Lets seconds pass, and what waits for a moment in them happen at that moment. */
  pass(seconds: number): void {
    const end = this.ms + seconds * 1000;
    for (;;) {
      const due = this.waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.waiting = this.waiting.filter((one) => one !== due);
      this.ms = Math.max(this.ms, due.at);
      due.run();
    }
    this.ms = end;
  }
}
