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

  it('lets everything through until five failures in a row', () => {
    fail(4);
    expect(circuit.wait('a')).toBe(0);
    circuit.report('a', true);
    fail(4);
    expect(circuit.wait('a')).toBe(0);
    fail(1);
    expect(circuit.wait('a')).toBe(10_000);
  });

  it('leaves other hosts alone', () => {
    fail(5);
    expect(circuit.wait('b')).toBe(0);
  });

  it('lets one probe through after the rest, and nobody else until it is decided', () => {
    fail(5);
    now += 10_001;
    expect(circuit.wait('a')).toBe(0);
    expect(circuit.wait('a')).toBe(1_000);
    circuit.report('a', true);
    expect(circuit.wait('a')).toBe(0);
    expect(circuit.wait('a')).toBe(0);
  });

  it('rests twice as long after each probe that fails, up to two minutes', () => {
    fail(5);
    const rests = Array.from({ length: 6 }, () => {
      now += 120_001;
      expect(circuit.wait('a')).toBe(0);
      circuit.report('a', false);
      return circuit.wait('a');
    });
    expect(rests).toEqual([20_000, 40_000, 80_000, 120_000, 120_000, 120_000]);
  });

  it('lets another one probe where a probe was not made', () => {
    fail(5);
    now += 10_001;
    expect(circuit.wait('a')).toBe(0);
    circuit.cancel('a');
    expect(circuit.wait('a')).toBe(0);
  });

  it('has what nobody waits for spare a host that limits, five seconds at most, and lets callers through', () => {
    circuit.limit('a', 1_000);
    expect(circuit.pause('a')).toBe(1_000);
    expect(circuit.pause('b')).toBe(0);
    expect(circuit.wait('a')).toBe(0);
    now += 1_000;
    expect(circuit.pause('a')).toBe(0);
    circuit.limit('a', 900_000);
    expect(circuit.pause('a')).toBe(5_000);
  });

  it('does not stay closed for a probe of which nothing was heard', () => {
    fail(5);
    now += 10_001;
    expect(circuit.wait('a')).toBe(0);
    now += 60_001;
    expect(circuit.wait('a')).toBe(0);
  });
});
