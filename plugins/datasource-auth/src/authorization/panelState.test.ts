import { authorizedStatus, statusOf } from '../__testUtils__/datasources';
import {
  afterEvent,
  Facts,
  Memory,
  INITIAL_MEMORY,
  PanelEvent,
  panelState,
} from './panelState';

const BINDING = { clientId: '"a"', tokenUrl: '"t"' };
const CREDENTIAL = { obtainedAt: 1, hasRefreshToken: true };
const WAITING: PanelEvent = {
  type: 'waiting',
  authorizationId: 'x',
  binding: BINDING,
};
const GRANTED: PanelEvent = {
  type: 'granted',
  authorizationId: 'x',
  credential: CREDENTIAL,
  binding: BINDING,
};
const FAILED: PanelEvent = { type: 'failed', failure: { title: 'No' } };

function after(...events: PanelEvent[]): Memory {
  return events.reduce(afterEvent, INITIAL_MEMORY);
}

function facts(part: Partial<Facts> = {}): Facts {
  return { missing: [], binding: BINDING, ending: [], ...part };
}

describe('panelState', () => {
  it('S0.25 is incomplete while a required setting is missing', () => {
    expect(panelState(after(), facts({ missing: ['Token URL'] }))).toEqual({
      kind: 'incomplete',
      missing: ['Token URL'],
    });
  });

  it('S0.24 is not authorized if the settings are complete and no credential was ever obtained', () => {
    expect(panelState(after(), facts()).kind).toBe('nothing');
    expect(panelState(after(), facts({ saved: statusOf() })).kind).toBe(
      'nothing',
    );
  });

  it('waits for the provider between the click and the response', () => {
    expect(panelState(after({ type: 'started' }), facts()).kind).toBe(
      'starting',
    );
    expect(panelState(after({ type: 'started' }, WAITING), facts())).toEqual({
      kind: 'waiting',
      authorizationId: 'x',
      windowClosed: false,
    });
  });

  it('treats a closed window as a hint and keeps waiting', () => {
    expect(
      panelState(after(WAITING, { type: 'windowClosed' }), facts()),
    ).toMatchObject({
      kind: 'waiting',
      windowClosed: true,
    });
    expect(after({ type: 'windowClosed' })).toEqual(INITIAL_MEMORY);
  });

  it('is blocked if the browser opened no window', () => {
    expect(panelState(after({ type: 'blocked' }), facts()).kind).toBe(
      'blocked',
    );
  });

  it('S0.14 S0.15 stages the credential once the provider has granted it', () => {
    expect(panelState(after(WAITING, GRANTED), facts())).toEqual({
      kind: 'staged',
      authorizationId: 'x',
      credential: CREDENTIAL,
    });
  });

  it('marks the staged credential as outdated while a binding setting differs', () => {
    const edited = facts({ binding: { ...BINDING, clientId: '"b"' } });
    expect(panelState(after(GRANTED), edited)).toEqual({
      kind: 'outOfDate',
      changed: ['clientId'],
      staged: true,
    });
    expect(panelState(after(GRANTED), facts()).kind).toBe('staged');
  });

  it('marks the saved credential as outdated while a setting differs that invalidates it', () => {
    expect(
      panelState(
        after(),
        facts({ saved: authorizedStatus(), ending: ['tokenUrl'] }),
      ),
    ).toEqual({ kind: 'outOfDate', changed: ['tokenUrl'], staged: false });
  });

  it('S0.23 is saved while a credential is stored', () => {
    const saved = authorizedStatus();
    expect(panelState(after(), facts({ saved }))).toEqual({
      kind: 'saved',
      status: saved,
    });
  });

  it('S0.21 stages the removal on Clear, and reverts it on Undo', () => {
    const saved = authorizedStatus();
    const cleared = after({ type: 'clearStaged', revoke: true });
    expect(panelState(cleared, facts({ saved }))).toEqual({
      kind: 'clearStaged',
      revoke: true,
    });
    expect(
      panelState(afterEvent(cleared, { type: 'clearUndone' }), facts({ saved }))
        .kind,
    ).toBe('saved');
  });

  it('S0.20 needs a new credential after one was cleared and saved', () => {
    const saved = statusOf({ reasonCode: 'cleared', obtainedAt: 1 });
    expect(panelState(after(), facts({ saved })).kind).toBe('nothing');
  });

  it.each(['refused', 'settings_changed', 'expired'] as const)(
    'S0.17 needs authorization again if the saved credential is rejected (%s)',
    reasonCode => {
      const saved = statusOf({ reasonCode, obtainedAt: 1 });
      expect(panelState(after(), facts({ saved }))).toEqual({
        kind: 'reauthorize',
        status: saved,
      });
    },
  );

  it("S0.26 is an error if the saved credential can't be refreshed or read", () => {
    const saved = statusOf({
      state: 'ERROR',
      reasonCode: 'unreadable',
      obtainedAt: 1,
    });
    expect(panelState(after(), facts({ saved }))).toEqual({
      kind: 'error',
      status: saved,
    });
  });

  it('is an error after a failed attempt, and keeps what was pending', () => {
    const failed = after(GRANTED, { type: 'started' }, FAILED);
    expect(panelState(failed, facts())).toEqual({
      kind: 'error',
      failure: { title: 'No' },
    });
    expect(
      panelState(afterEvent(failed, { type: 'cancelled' }), facts()).kind,
    ).toBe('staged');
  });

  it('keeps what was pending when the user cancels', () => {
    const cancelled = after({ type: 'clearStaged', revoke: false }, WAITING, {
      type: 'cancelled',
    });
    expect(panelState(cancelled, facts()).kind).toBe('clearStaged');
  });

  it('replaces a staged removal with a credential obtained later', () => {
    expect(
      panelState(
        after({ type: 'clearStaged', revoke: false }, GRANTED),
        facts(),
      ).kind,
    ).toBe('staged');
  });

  it.each(['reset', 'committed'] as const)('resets on %s', type => {
    expect(after(GRANTED, { type })).toEqual(INITIAL_MEMORY);
  });
});
