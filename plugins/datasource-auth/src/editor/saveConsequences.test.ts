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

describe('consequences of a save outside the form', () => {
  it('are empty for a new datasource and for most changes', () => {
    expect(mayHaveConsequences(planned({ saved: undefined }))).toBe(false);
    expect(mayHaveConsequences(planned())).toBe(false);
    expect(
      mayHaveConsequences(planned({ consumers: ['techdocs', 'search', 'x'] })),
    ).toBe(false);
    expect(saveConsequences(planned(), impactOf('techdocs'))).toEqual([]);
  });

  it('include a change of the account that plugins act as', () => {
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

  it('threats 1: include the end of a credential only if it is in use', () => {
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

  it('include losing tokens only for consumers that got some in the last 24 hours', () => {
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

  it('include clearing next to others, but not by itself', () => {
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
