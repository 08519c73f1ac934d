import { ProviderCircuit } from './ProviderCircuit';

describe('ProviderCircuit', () => {
  let now: number;
  let circuit: ProviderCircuit;

  beforeEach(() => {
    now = 0;
    circuit = new ProviderCircuit({ now: () => now });
  });

  function fail(times: number) {
    for (let count = 0; count < times; count += 1) circuit.report('a', false);
  }

  it('allows all calls until five failures in a row', () => {
    fail(4);
    expect(circuit.wait('a')).toBe(0);
    circuit.report('a', true);
    fail(4);
    expect(circuit.wait('a')).toBe(0);
    fail(1);
    expect(circuit.wait('a')).toBe(10_000);
  });

  it("doesn't affect other hosts", () => {
    fail(5);
    expect(circuit.wait('b')).toBe(0);
  });

  it('allows one probe after the cooldown, and no other call until its outcome is known', () => {
    fail(5);
    now += 10_001;
    expect(circuit.wait('a')).toBe(0);
    expect(circuit.wait('a')).toBe(1_000);
    circuit.report('a', true);
    expect(circuit.wait('a')).toBe(0);
    expect(circuit.wait('a')).toBe(0);
  });

  it('doubles the cooldown after each failed probe, up to two minutes', () => {
    fail(5);
    const rests = Array.from({ length: 6 }, () => {
      now += 120_001;
      expect(circuit.wait('a')).toBe(0);
      circuit.report('a', false);
      return circuit.wait('a');
    });
    expect(rests).toEqual([20_000, 40_000, 80_000, 120_000, 120_000, 120_000]);
  });

  it('allows another probe if one was not made', () => {
    fail(5);
    now += 10_001;
    expect(circuit.wait('a')).toBe(0);
    circuit.cancel('a');
    expect(circuit.wait('a')).toBe(0);
  });

  it('makes background refreshes spare a host that limits calls, for five seconds at most, and allows callers', () => {
    circuit.limit('a', 1_000);
    expect(circuit.pause('a')).toBe(1_000);
    expect(circuit.pause('b')).toBe(0);
    expect(circuit.wait('a')).toBe(0);
    now += 1_000;
    expect(circuit.pause('a')).toBe(0);
    circuit.limit('a', 900_000);
    expect(circuit.pause('a')).toBe(5_000);
  });

  it("doesn't stay closed for a probe without an outcome", () => {
    fail(5);
    now += 10_001;
    expect(circuit.wait('a')).toBe(0);
    now += 60_001;
    expect(circuit.wait('a')).toBe(0);
  });
});
