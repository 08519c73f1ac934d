import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { fireEvent, screen } from '@testing-library/react';
import { NightlyRun } from './NightlyRun';

it('N11: sends the person to the page where they agree, and then shows the last run', async () => {
  const link =
    'http://localhost:7007/datasource-auth/connections/delegations/1';
  let run: object | undefined;
  const fetch = jest.fn(async (_url: string, { method }: RequestInit) =>
    method === 'POST'
      ? Response.json(
          { error: { code: 'user_consent_needed', message: 'No', link } },
          { status: 409 },
        )
      : Response.json({ run }),
  );
  await renderInTestApp(
    <TestApiProvider apis={[[fetchApiRef, { fetch: fetch as never }]]}>
      <NightlyRun datasource="demo-people" />
    </TestApiProvider>,
  );
  fireEvent.click(
    await screen.findByRole('button', { name: 'Count every night' }),
  );
  expect(
    await screen.findByRole('link', { name: /act as you/ }),
  ).toHaveAttribute('href', link);
  expect(fetch).toHaveBeenLastCalledWith(
    'plugin://sample-consumer/demo-people/nightly',
    { method: 'POST' },
  );

  run = {};
  fireEvent.focus(window);
  expect(
    await screen.findByText('The first night is still to come.'),
  ).toBeVisible();
  run = { lastRunAt: Date.now(), things: 2 };
  fireEvent.focus(window);
  expect(await screen.findByText(/you had 2 things/)).toBeVisible();
  run = { lastRunAt: Date.now(), error: 'HTTP 502' };
  fireEvent.focus(window);
  expect(await screen.findByText(/it failed: HTTP 502/)).toBeVisible();
});
