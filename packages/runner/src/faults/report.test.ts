import { lintTexts } from '../textlint/lintTexts';
import { addUp, FaultFigures, report } from './report';

const figures = (more: Partial<FaultFigures>): FaultFigures => ({
  ...{ place: 'SQLite, 1 replica', test: 'a replica seed 1 kill -9 x' },
  ...{ calls: 1, presented: 1, rotations: 1, reuses: 0 },
  ...{ served: 3, putOff: 0, ended: 0, lost: false, isPersonal: false },
  ...more,
});

describe('the figures of a long run', () => {
  it('are summed for each fault, whatever its seed', () => {
    expect(
      addUp([
        figures({}),
        figures({
          test: 'a replica seed 12 kill -9 x',
          lost: true,
          calls: 2,
          isPersonal: true,
        }),
        figures({ test: 'a replica seed 12 other' }),
      ]),
    ).toEqual([
      expect.objectContaining({
        ...{ title: 'kill -9 x', runs: 2, personal: 1, calls: 3, served: 6 },
        lost: 1,
      }),
      expect.objectContaining({ title: 'other', runs: 1, lost: 0 }),
    ]);
  });

  it('are separate for each place', () => {
    const faults = addUp([figures({}), figures({ place: 'PostgreSQL' })]);
    expect(faults.map(({ runs }) => runs)).toEqual([1, 1]);
  });
});

describe('the page', () => {
  it('has no text that the checks would reject once it is written', async () => {
    const text = report(addUp([figures({})]), 'each fault once');
    const findings = await lintTexts([
      { path: 'docs/reliability.md', text, ext: '.md' },
    ]);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
