import {
  GrantOrKind,
  LastError,
  STATUS_REASONS,
  StatusReason,
} from 'backstage-plugin-datasource-auth-common';
import { statusOf } from '../__testUtils__/datasources';
import { repairOf } from './repairOf';

const failed = (code: string): LastError => ({
  code,
  title: 'Refresh failed',
  at: 1,
  attempts: 3,
});

const repair = (
  reasonCode: StatusReason,
  part: Parameters<typeof statusOf>[0] = {},
  grantOrKind: GrantOrKind = 'authorization_code',
) =>
  repairOf({
    status: statusOf({ reasonCode, ...part }),
    grantOrKind,
    editable: true,
  });

describe('repairOf', () => {
  it('repairs each reason with one step', () => {
    expect(
      Object.fromEntries(STATUS_REASONS.map(code => [code, repair(code)])),
    ).toEqual({
      missing_settings: 'settings',
      unreadable: 'reconnect',
      refused: 'reconnect',
      doubtful: 'reconnect',
      settings_changed: 'reconnect',
      none: 'connect',
      cleared: 'connect',
      renewal_failing: 'renew',
      rejected_by_api: 'reconnect',
      cannot_sign: 'settings',
      expired: 'reconnect',
      quarantined: undefined,
      valid: undefined,
      no_expiry: undefined,
      renews_on_use: undefined,
      signs_on_use: undefined,
    });
  });

  it('replaces a credential in the settings there, and uses it again after it was cleared', () => {
    expect(repair('expired', {}, 'static')).toBe('settings');
    expect(repair('rejected_by_api', {}, 'static')).toBe('settings');
    expect(repair('cleared', {}, 'static')).toBe('connect');
  });

  it("changes the settings if no retry can succeed, and retries if the provider didn't respond", () => {
    const wrongSecret = { lastError: failed('invalid_client') };
    expect(repair('renewal_failing', wrongSecret)).toBe('settings');
    expect(repair('none', wrongSecret, 'client_credentials')).toBe('settings');
    expect(repair('renewal_failing', { lastError: failed('timeout') })).toBe(
      'renew',
    );
  });

  it('gets another credential if the saved scopes differ from the granted ones', () => {
    expect(repair('valid', { requestChanged: true })).toBe('reconnect');
  });

  it('N12: gets a credential of another account if the one who authorized has left', () => {
    const left = { authorizerLeft: true };
    expect(repair('valid', left)).toBe('handOver');
    expect(repair('no_expiry', left)).toBe('handOver');
    expect(repair('renews_on_use', { ...left, requestChanged: true })).toBe(
      'handOver',
    );
  });

  it('offers nothing that the page or the user may not do', () => {
    expect(repair('unreadable', { missingKey: 'k1' })).toBeUndefined();
    expect(
      repairOf({
        status: statusOf({ reasonCode: 'missing_settings' }),
        grantOrKind: 'static',
        editable: false,
      }),
    ).toBeUndefined();
  });
});
