import { Steps } from './Steps';

describe('Steps', () => {
  const failing = async (): Promise<string> => {
    throw new Error('It broke');
  };

  let now: number;

  beforeEach(() => {
    now = 0;
    // A program can take a second to start on a busy machine.
    jest.spyOn(Date, 'now').mockImplementation(() => now);
  });
  afterEach(() => jest.restoreAllMocks());

  function newSteps() {
    const lines: string[] = [];
    const steps = new Steps({ print: line => lines.push(line) });
    return { steps, lines };
  }

  it('counts tests one by one, a proof as one, and a check not at all', async () => {
    const { steps, lines } = newSteps();
    await steps.tests('tests', async tally => {
      for (let test = 0; test < 10; test++) tally.addPass();
      now += 2_400;
    });
    expect(await steps.proof('a proof', async () => 'result')).toBe('result');
    expect(await steps.check('lint', ['true'])).toBe(true);
    expect(steps.end()).toBe(0);
    expect(lines).toEqual([
      '✓ tests (2 s)',
      '✓ a proof (0 s)',
      '✓ lint (0 s)',
      '11 passed, 0 failed',
    ]);
  });

  it('separates steps that run concurrently', async () => {
    const { steps, lines } = newSteps();
    await Promise.all([
      steps.proof(
        'a slow one',
        () => new Promise(resolve => setTimeout(resolve, 50)),
      ),
      steps.proof('a broken one', failing),
    ]);
    expect(lines).toEqual([
      'It broke',
      '✗ a broken one (0 s)',
      '✓ a slow one (0 s)',
    ]);
    steps.end();
    expect(lines.at(-1)).toBe('1 passed, 1 failed');
  });

  it('continues after a failure, prints it, and exits with another code', async () => {
    const { steps, lines } = newSteps();
    expect(await steps.proof('a proof', failing)).toBeUndefined();
    expect(await steps.check('lint', ['false'])).toBe(false);
    expect(await steps.check('nothing', ['no-such-program'])).toBe(false);
    await steps.proof('another one', async () => 'result');
    expect(steps.end()).toBe(1);
    expect(lines).toContain('It broke');
    expect(lines).toContain('✗ a proof (0 s)');
    expect(lines.at(-2)).toMatch(
      /^Failed:\n✗ a proof\n {6}It broke\n✗ lint\n✗ nothing\n {6}.*no-such-program/,
    );
    expect(lines.at(-1)).toBe('1 passed, 3 failed');
  });
});
