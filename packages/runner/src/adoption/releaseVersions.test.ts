import { lockedVersions, oldest, releaseVersions } from './releaseVersions';

describe('releaseVersions', () => {
  const lock = `
__metadata:
  version: 8

"@backstage/signals-backend@npm:0.3.19":
  version: 0.3.19
  dependencies:
    "@backstage/signals-node": "npm:^0.2.4"
    "@backstage/config": "npm:^1.3.9"
    express: "npm:^4.22.0"

"@backstage/signals@npm:0.0.35":
  version: 0.0.35
  dependencies:
    "@backstage/signals-node": "npm:^0.2.10"

"@backstage/signals-node@npm:^0.2.4, @backstage/signals-node@npm:^0.2.10":
  version: 0.2.12
  dependencies:
    "@backstage/later": "npm:^9.0.0"
`;
  const known = {
    '@backstage/signals-backend': '0.3.19',
    '@backstage/signals': '0.0.35',
    '@backstage/config': '1.3.9',
  };

  it('returns the oldest version that all known packages accept', () => {
    expect(releaseVersions(lock, known)).toEqual({
      '@backstage/signals-node': '0.2.10',
    });
  });

  it("ignores versions that don't belong to the release", () => {
    expect(
      releaseVersions(lock, { ...known, '@backstage/signals-node': '0.2.10' }),
    ).toEqual({});
  });

  it('reads the versions in a lock file', () => {
    expect(lockedVersions(lock)).toEqual({
      '@backstage/signals': '0.0.35',
      '@backstage/signals-backend': '0.3.19',
      '@backstage/signals-node': '0.2.12',
    });
  });

  it('knows only ranges of Backstage packages', () => {
    expect(oldest('@backstage/config', '^1.3.9')).toBe('1.3.9');
    expect(oldest('@backstage/config', 'npm:^1.3.9')).toBe('1.3.9');
    expect(oldest('@backstage/config', 'workspace:^')).toBeUndefined();
    expect(oldest('express', '^4.22.0')).toBeUndefined();
  });
});
