import { describe, expect, it } from 'vitest';
import { logSilence, trafficSilence } from '../../../src/logs/records/silence.ts';
import { createTrafficMeter } from '../../../src/logs/records/traffic.ts';

/** Figures of one request each `everyS`, for 20 minutes, `quietS` ago. */
function figures(everyS: number, quietS: number) {
  const meter = createTrafficMeter();
  for (let at = 0; at < 1_200; at += everyS) meter.count({ status: 200, path: '/v1/chat/completions' }, at * 1_000);
  return meter.figures((1_200 - everyS + quietS) * 1_000);
}

describe('callers', () => {
  it('that came each second and come no more for five minutes are silent', () => {
    expect(trafficSilence(figures(1, 299), true).state).toBe('HEARD');
    expect(trafficSilence(figures(1, 301), true)).toMatchObject({ state: 'SILENT', forS: 301 });
  });

  it('that come seldom are given more time', () => {
    expect(trafficSilence(figures(20, 500), true).state).toBe('HEARD');
    expect(trafficSilence(figures(20, 700), true)).toMatchObject({ state: 'SILENT' });
  });

  it('that come hardly ever are never silent, nor are those whom nobody has seen', () => {
    expect(trafficSilence(figures(120, 3_000), true).state).toBe('UNKNOWN');
    expect(trafficSilence(null, true).state).toBe('UNKNOWN');
    const meter = createTrafficMeter();
    meter.count({ status: 200, path: '/health/liveliness' }, 0);
    expect(trafficSilence(meter.figures(900_000), true).state).toBe('UNKNOWN');
  });

  it('are not said to be silent while the gateway answers nobody: that is told as what it is', () => {
    expect(trafficSilence(figures(1, 301), false).state).toBe('UNKNOWN');
  });
});

describe('a log', () => {
  const heard = { lastLineAgeS: 60, accessSeen: true, answeredSince: 12 };

  it('in which not even our own questions leave a line is silent', () => {
    expect(logSilence(heard)).toMatchObject({ state: 'SILENT', forS: 60 });
  });

  it('is heard while nobody asked, or so shortly after a line', () => {
    expect(logSilence({ ...heard, answeredSince: 2 }).state).toBe('HEARD');
    expect(logSilence({ ...heard, lastLineAgeS: 20 }).state).toBe('HEARD');
  });

  it('of a gateway that writes no access lines may be still: nobody knows', () => {
    expect(logSilence({ ...heard, accessSeen: false }).state).toBe('UNKNOWN');
    expect(logSilence({ ...heard, lastLineAgeS: null }).state).toBe('UNKNOWN');
  });
});
