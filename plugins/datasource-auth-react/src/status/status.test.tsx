import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import {
  DatasourceState,
  DatasourceStatus,
} from 'backstage-plugin-datasource-auth-common';
import { EvidenceLine } from './EvidenceLine';
import { StatusMarker } from './StatusMarker';

const STATUS: DatasourceStatus = {
  state: 'AUTHORIZED',
  reasonCode: 'valid',
  reason: 'In the words of the backend',
  hasRefreshToken: true,
  renewable: true,
};

const shape = () => document.querySelector('svg path')?.getAttribute('d');

describe('StatusMarker', () => {
  it.each([
    ['AUTHORIZED', 'AUTHORIZED'],
    ['NOT_AUTHORIZED', 'NOT AUTHORIZED'],
    ['NOT_CONFIGURED', 'NOT CONFIGURED'],
    ['ERROR', 'ERROR'],
  ] as [DatasourceState, string][])(
    'S0.22 S0.23 S0.24 S0.25 S0.26 shows %s as the word %s with an icon that is not read out',
    async (state, word) => {
      await renderInTestApp(<StatusMarker state={state} />);
      expect(screen.getByText(word)).toBeInTheDocument();
      expect(document.querySelector('svg')).toHaveAttribute(
        'aria-hidden',
        'true',
      );
      expect(screen.queryByText('Not saved')).not.toBeInTheDocument();
    },
  );

  it("uses a different shape for each state, so that color isn't needed", async () => {
    const shapes = new Set<unknown>();
    for (const state of [
      'AUTHORIZED',
      'NOT_AUTHORIZED',
      'NOT_CONFIGURED',
      'ERROR',
    ] as const) {
      const { unmount } = await renderInTestApp(<StatusMarker state={state} />);
      shapes.add(shape());
      unmount();
    }
    expect(shapes.size).toBe(4);
  });

  it.each([
    ['AUTHORIZED', 'Authorized'],
    ['NOT_AUTHORIZED', 'Not authorized'],
    ['NOT_CONFIGURED', 'Not configured'],
    ['ERROR', 'Error'],
  ] as [DatasourceState, string][])(
    'shows %s calmly as %s, with the same icon',
    async (state, word) => {
      const { unmount } = await renderInTestApp(<StatusMarker state={state} />);
      const loud = shape();
      unmount();
      await renderInTestApp(<StatusMarker calm state={state} />);
      expect(screen.getByText(word)).toBeInTheDocument();
      expect(shape()).toBe(loud);
    },
  );

  it("S0.14 says that a state isn't saved yet", async () => {
    await renderInTestApp(<StatusMarker state="AUTHORIZED" notSaved />);
    expect(screen.getByText('Not saved')).toBeInTheDocument();
  });
});

describe('EvidenceLine', () => {
  const line = async (part: Partial<DatasourceStatus>) => {
    await renderInTestApp(
      <p aria-label="evidence">
        <EvidenceLine status={{ ...STATUS, ...part }} />
      </p>,
    );
    return screen.getByLabelText('evidence');
  };

  it('S0.27 says only Stored for a credential that was never tested', async () => {
    expect(await line({ obtainedAt: Date.now() })).toHaveTextContent(
      /^Stored$/,
    );
  });

  it('says when it was verified and used', async () => {
    const evidence = await line({
      obtainedAt: 1,
      verifiedAt: Date.now() - 7_200_000,
      lastUsedAt: Date.now() - 180_000,
    });
    expect(evidence).toHaveTextContent(
      'Stored · Verified 2 hr. ago · Used 3 min. ago',
    );
  });

  it('says nothing without a credential', async () => {
    expect(await line({})).toHaveTextContent(/^–$/);
  });
});
