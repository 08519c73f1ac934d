import { Impact } from 'backstage-plugin-datasource-auth-common';
import {
  authorizedStatus,
  datasourceOf,
  statusOf,
} from '../__testUtils__/datasources';
import {
  mayHaveConsequences,
  PlannedSave,
  saveConsequences,
} from './saveConsequences';

const STAGED = {
  kind: 'staged' as const,
  authorizationId: 'a',
  credential: {
    obtainedAt: 1,
    hasRefreshToken: true,
    account: 'alice@corp.example',
  },
};

function planned(part: Partial<PlannedSave> = {}): PlannedSave {
  const saved = datasourceOf({
    status: authorizedStatus({ account: 'svc@corp.example' }),
    consumers: ['techdocs', 'search'],
  });
  return {
    saved,
    state: { kind: 'saved', status: saved.status },
    credential: { action: 'keep' },
    ending: [],
    consumers: ['techdocs', 'search'],
    ...part,
  };
}

const impactOf = (...plugins: string[]): Impact => ({
  consumers: plugins.map(plugin => ({ plugin, handOuts24h: 1 })),
  handOuts24h: plugins.length,
});

describe('what Save would do besides what the form shows', () => {
  it('is nothing for a new datasource and for most changes: nobody is asked', () => {
    expect(mayHaveConsequences(planned({ saved: undefined }))).toBe(false);
    expect(mayHaveConsequences(planned())).toBe(false);
    expect(
      mayHaveConsequences(planned({ consumers: ['techdocs', 'search', 'x'] })),
    ).toBe(false);
    expect(saveConsequences(planned(), impactOf('techdocs'))).toEqual([]);
  });

  it('is another account that plugins act as', () => {
    const change = planned({
      state: STAGED,
      credential: { action: 'replace', authorizationId: 'a' },
      ending: ['clientId'],
    });
    expect(mayHaveConsequences(change)).toBe(true);
    expect(saveConsequences(change)).toEqual([
      {
        kind: 'account',
        before: 'svc@corp.example',
        after: 'alice@corp.example',
      },
    ]);
  });

  it('threats 1: is the end of a credential that is in use, and of none that is not', () => {
    const change = planned({ ending: ['tokenUrl', 'allowedHosts'] });
    expect(saveConsequences(change)).toEqual([
      { kind: 'ends', changed: ['tokenUrl', 'allowedHosts'] },
    ]);
    expect(
      mayHaveConsequences({
        ...change,
        saved: datasourceOf({ status: statusOf() }),
        consumers: ['techdocs'],
      }),
    ).toBe(false);
  });

  it('is taking tokens from who took some in the last 24 hours, and from nobody else', () => {
    const change = planned({ consumers: ['search'] });
    expect(mayHaveConsequences(change)).toBe(true);
    expect(saveConsequences(change, impactOf('search'))).toEqual([]);
    expect(
      saveConsequences(
        change,
        impactOf('search', 'techdocs', 'never-listed', '@users'),
      ),
    ).toEqual([{ kind: 'blocks', plugins: ['techdocs'] }]);
    const listed = planned({
      saved: datasourceOf({ consumers: '*', status: authorizedStatus() }),
      consumers: ['search'],
    });
    expect(mayHaveConsequences(listed)).toBe(true);
    expect(saveConsequences(listed, impactOf('techdocs'))).toEqual([
      { kind: 'blocks', plugins: ['techdocs'] },
    ]);
  });

  it('tells of clearing beside the rest, and does not ask a second time for it alone', () => {
    const clear = planned({
      credential: { action: 'clear' },
      state: { kind: 'clearStaged', revoke: false },
    });
    expect(saveConsequences(clear, impactOf('techdocs'))).toEqual([]);
    expect(
      saveConsequences(
        { ...clear, consumers: ['search'] },
        impactOf('techdocs'),
      ),
    ).toEqual([{ kind: 'blocks', plugins: ['techdocs'] }, { kind: 'clears' }]);
  });
});
