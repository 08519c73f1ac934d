import { act, render } from '@testing-library/react';
import { ProviderMark, ProviderMarkProps } from './ProviderMark';
import { BRANDS } from './brandOf';

async function mark(props: ProviderMarkProps) {
  const { container, unmount } = render(<ProviderMark {...props} />);
  await act(() => import('./BrandMark'));
  const tile = container.firstElementChild as HTMLElement;
  const seen = {
    letter: tile.querySelector('span')?.dataset.letter,
    logo: tile.querySelector('path')?.getAttribute('d'),
    color: tile.style.backgroundColor,
    text: tile.textContent,
    hidden: tile.getAttribute('aria-hidden'),
  };
  unmount();
  return seen;
}

const logo = (brand: string) => BRANDS.get(brand)!.path;

describe('ProviderMark', () => {
  it('prefers the name to the host, which products may share', async () => {
    const host = 'acme.atlassian.net';
    expect((await mark({ title: 'Mine', name: 'jira', host })).logo).toBe(
      logo('jira'),
    );
  });

  it('reserves its place until the logos are loaded', async () => {
    const { container } = render(<ProviderMark title="GitHub" size={40} />);
    expect(container.firstElementChild).toHaveStyle({ width: '40px' });
    await act(() => import('./BrandMark'));
  });

  it.each([
    ['github-app-installation', 'github'],
    ['new-relic', 'newrelic'],
    ['google-service-account', 'google'],
    ['generic-oidc', 'openid'],
    ['acme-jira-2', 'jira'],
  ])('shows the logo of %s', async (name, brand) => {
    expect(await mark({ title: 'Mine', name })).toMatchObject({
      logo: logo(brand),
      letter: undefined,
      text: '',
      hidden: 'true',
    });
  });

  it.each([
    ['api.github.com', 'github'],
    ['github.acme.example', 'github'],
    ['acme.atlassian.net', 'atlassian'],
    ['github.atlassian.net', 'atlassian'],
    ['API.EU.PAGERDUTY.COM:8443', 'pagerduty'],
    ['sheets.googleapis.com', 'google'],
  ])('shows the logo of the host %s', async (host, brand) => {
    expect((await mark({ title: 'Mine', host })).logo).toBe(logo(brand));
  });

  it.each([
    ['constructor.example.com', undefined],
    ['notgithub.com', undefined],
    [undefined, 'microsoft-graph'],
    [undefined, undefined],
  ])('shows a letter for the host %s and the name %s', async (host, name) => {
    expect(await mark({ title: 'Mine', host, name })).toMatchObject({
      logo: undefined,
      letter: 'M',
    });
  });

  it('shows the first letter of the title, hidden from screen readers and searches', async () => {
    expect(await mark({ title: '  jira Cloud' })).toMatchObject({
      letter: 'J',
      text: '',
      hidden: 'true',
    });
    expect((await mark({ title: 'äpfel' })).letter).toBe('Ä');
    expect((await mark({ title: '' })).letter).toBeUndefined();
  });

  it('uses the same color for the same provider, and different ones for others', async () => {
    const color = async (title: string) => (await mark({ title })).color;
    expect(await color('Slack (bot token)')).toBe(
      await color('Slack (user token)'),
    );
    const colors: string[] = [];
    for (const title of ['Jenkins', 'OpenAI', 'Webex', 'Salesforce', 'Harbor'])
      colors.push(await color(title));
    expect(new Set(colors).size).toBeGreaterThan(3);
  });
});
