import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import {
  DatasourceStatus,
  diagnosisTexts,
  LastError,
  renderDiagnosis,
  REQUIRED_SETTINGS,
  RequiredSetting,
  STATUS_REASONS,
  StatusReason,
} from 'backstage-plugin-datasource-auth-common';
import { clockTime } from '../time/formatTime';
import { ReasonLine } from './ReasonLine';

const NOW = new Date(2026, 5, 15, 12).getTime();
const at = new Date(2026, 5, 15, 14, 20);
const expiresAt = at.getTime();

const TOMORROW = NOW + 24 * 60 * 60_000;
const CLEARED_AT = new Date(2026, 2, 12).getTime();

beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW);
});
afterEach(() => jest.restoreAllMocks());

const lastError = (attempts = 1): LastError => ({
  code: 'invalid_client',
  title: 'Client ID or secret not accepted',
  at: expiresAt,
  attempts,
});

/** The text on the page, and the status it is shown for. */
type Example = [string, Partial<DatasourceStatus>];

/** Returns an example whose text is the backend's. */
const ofBackend = (reason: string): Example => [reason, { reason }];

const EXAMPLES: Record<StatusReason, Example[]> = {
  missing_settings: [
    [
      `Missing: ${Object.values(REQUIRED_SETTINGS).join(', ')}`,
      { missing: Object.keys(REQUIRED_SETTINGS) as RequiredSetting[] },
    ],
    [
      'Missing: Token URL, Instance value tenant',
      { missing: ['auth.token.url', 'instance.tenant'] },
    ],
    ofBackend('Missing: Token URL'),
  ],
  unreadable: [
    [
      "Encryption key 'k1' is missing. Restore it under datasourceAuth.encryption.keys, or where its key provider reads it.",
      { missingKey: 'k1' },
    ],
    [
      "A stored value was changed or moved and can't be decrypted. Get a new credential.",
      {},
    ],
  ],
  refused: [
    [
      'The provider no longer accepts the stored credential. Get a new one.',
      {},
    ],
    [
      'A refresh got no response, and the provider no longer accepts the stored credential. Get a new one.',
      { noResponse: true },
    ],
  ],
  doubtful: [
    [
      'The provider may no longer accept the stored credential. Get a new one.',
      {},
    ],
  ],
  settings_changed: [['The settings have changed. Get a new credential.', {}]],
  none: [
    ['No credential yet.', {}],
    [
      'No credential yet. Client ID or secret not accepted.',
      { lastError: lastError() },
    ],
    [
      'No credential yet. Client ID or secret not accepted (3 attempts).',
      { lastError: lastError(3) },
    ],
  ],
  cleared: [
    ['Cleared.', {}],
    ['Cleared on Mar 12.', { clearedAt: CLEARED_AT }],
    [
      'Cleared by kim on Mar 12.',
      { clearedAt: CLEARED_AT, clearedBy: 'user:default/kim' },
    ],
  ],
  renewal_failing: [
    [
      `Client ID or secret not accepted (3 attempts). The last token is used until ${clockTime(
        TOMORROW,
        { now: NOW },
      )}.`,
      { lastError: lastError(3), expiresAt: TOMORROW },
    ],
    [
      'Client ID or secret not accepted.',
      { lastError: lastError(), expiresAt: 1 },
    ],
  ],
  rejected_by_api: [
    [
      'The API rejects the key.',
      {
        lastError: {
          ...lastError(),
          ...renderDiagnosis(diagnosisTexts('secretRejected')),
        },
      },
    ],
    [
      'The API rejects fresh tokens.',
      {
        lastError: {
          ...lastError(),
          ...renderDiagnosis(
            diagnosisTexts('freshTokensRejected', { age: 'x' }),
          ),
        },
      },
    ],
  ],
  cannot_sign: [
    [
      "The JWT can't be signed. The private key is encrypted. Enter its passphrase, or a key without one.",
      {
        lastError: {
          ...lastError(),
          ...renderDiagnosis({
            ...diagnosisTexts('jwtNotSigned'),
            cause: [{ code: 'settings.privateKeyEncrypted' }],
          }),
        },
      },
    ],
    ofBackend("The JWT can't be signed. The API's sentence."),
  ],
  expired: [
    ['Expired 14:20. The provider issued no refresh token.', { expiresAt }],
    [
      'Expired 14:20. Enter a new secret.',
      { expiresAt, renewable: false, fromSettings: true },
    ],
    ofBackend('Expired at 14:20 UTC. The provider issued no refresh token.'),
  ],
  quarantined: [
    [
      'This database was last used with another callback URL. To use its credentials, set datasourceAuth.adoptCredentials to the new one.',
      {},
    ],
  ],
  valid: [
    ['Valid until 14:20, refreshes automatically', { expiresAt }],
    [
      'Valid until 14:20, then a person is needed',
      { expiresAt, renewable: false },
    ],
    [
      'Valid until 14:20, then a new secret is needed',
      { expiresAt, renewable: false, fromSettings: true },
    ],
  ],
  no_expiry: [['No stated expiry', {}]],
  renews_on_use: [['Refreshes on next use.', {}]],
  per_user: [['Each person connects their own account.', {}]],
  signs_on_use: [['A new JWT is signed whenever one is needed', {}]],
};

const status = (
  reasonCode: StatusReason,
  part: Partial<DatasourceStatus>,
): DatasourceStatus => ({
  state: 'AUTHORIZED',
  reasonCode,
  reason: 'The text of the backend',
  hasRefreshToken: true,
  renewable: true,
  ...part,
});

/** Reasons whose texts need no explanation. */
const SELF_EXPLANATORY: StatusReason[] = [
  'missing_settings',
  'cannot_sign',
  'none',
  'cleared',
  'valid',
  'no_expiry',
  'renews_on_use',
  'signs_on_use',
  'per_user',
];

/** Returns message and reason code of each status row in the documentation. */
function documented(): { message: string; code: string }[] {
  const guide = readFileSync(
    join(__dirname, '../../../../docs/troubleshooting.md'),
    'utf8',
  );
  const [, rest] = guide.split('\n## The status of a datasource\n');
  const [section] = rest.split('\n## ');
  return [...section.matchAll(/^\| `(.*?)` +\| `(\w+)` +\|/gm)].map(
    ([, message, code]) => ({ message, code }),
  );
}

/** Returns whether a text matches this documented message, in which an ellipsis stands for any value. */
function isMessage(message: string, text: string): boolean {
  const pieces = message
    .split('…')
    .map(piece => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.+')}$`).test(text);
}

describe('ReasonLine', () => {
  it.each(
    Object.entries(EXAMPLES).flatMap(([code, examples]) =>
      examples.map(
        ([text, part]) => [code as StatusReason, text, part] as const,
      ),
    ),
  )('shows %s as "%s"', async (code, text, part) => {
    await renderInTestApp(
      <p aria-label="reason">
        <ReasonLine status={status(code, part)} />
      </p>,
    );
    expect(screen.getByLabelText('reason').textContent).toBe(text);
  });

  it('has a line in docs/troubleshooting.md for each text that needs an explanation, and the guide has no other', () => {
    const rows = documented();
    const explained = STATUS_REASONS.filter(
      code => !SELF_EXPLANATORY.includes(code),
    );
    expect(Object.keys(EXAMPLES).sort()).toEqual([...STATUS_REASONS].sort());
    expect([...new Set(rows.map(({ code }) => code))].sort()).toEqual(
      [...explained].sort(),
    );
    const shown = explained.flatMap(code =>
      EXAMPLES[code].map(([text]) => ({ code: code as string, text })),
    );
    const matches = (
      row: (typeof rows)[number],
      example: (typeof shown)[number],
    ) => row.code === example.code && isMessage(row.message, example.text);
    expect(
      shown.filter(example => !rows.some(row => matches(row, example))),
    ).toEqual([]);
    expect(
      rows.filter(row => !shown.some(example => matches(row, example))),
    ).toEqual([]);
  });

  it("shows the backend's text for a reason that only a newer backend has", async () => {
    await renderInTestApp(
      <p aria-label="reason">
        <ReasonLine status={status('of_a_newer_backend' as StatusReason, {})} />
      </p>,
    );
    expect(screen.getByLabelText('reason')).toHaveTextContent(
      'The text of the backend',
    );
  });
});
