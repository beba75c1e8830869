import { beforeEach, expect, test, vi } from "vitest";

import { ListeningMeter } from "./listening";

const report = vi.fn();
let clock = 0;
let seconds = 0;

beforeEach(() => {
  report.mockClear();
  clock = 0;
  seconds = 0;
});

const meterFor = (duration: number) => new ListeningMeter(() => duration, report);

function play(meter: ListeningMeter, length: number) {
  meter.progress({ seconds, at: clock });
  for (let passed = 0; passed < length; passed += 1) {
    clock += 1000;
    seconds += 1;
    meter.progress({ seconds, at: clock });
  }
}

test("half of a song counts, once", () => {
  const meter = meterFor(100);
  play(meter, 49);
  expect(report).not.toHaveBeenCalled();
  play(meter, 1);
  expect(report).toHaveBeenCalledOnce();
  play(meter, 50);
  expect(report).toHaveBeenCalledOnce();
});

test("four minutes of a long one are enough", () => {
  const meter = meterFor(3600);
  play(meter, 239);
  expect(report).not.toHaveBeenCalled();
  play(meter, 1);
  expect(report).toHaveBeenCalledExactlyOnceWith(240);
});

test("seeking forward is not hearing", () => {
  const meter = meterFor(100);
  play(meter, 10);
  seconds = 95;
  meter.jump({ seconds, at: clock });
  play(meter, 5);
  expect(report).not.toHaveBeenCalled();
});

test("a jump that nobody announced counts no more than the time that passed", () => {
  const meter = meterFor(100);
  play(meter, 1);
  seconds = 90;
  play(meter, 2);
  expect(report).not.toHaveBeenCalled();
});

test("hearing the same part again counts", () => {
  const meter = meterFor(100);
  play(meter, 30);
  seconds = 0;
  meter.jump({ seconds, at: clock });
  play(meter, 20);
  expect(report).toHaveBeenCalledOnce();
});

test("a pause adds nothing", () => {
  const meter = meterFor(100);
  play(meter, 20);
  meter.pause();
  clock += 600_000;
  play(meter, 20);
  expect(report).not.toHaveBeenCalled();
});
