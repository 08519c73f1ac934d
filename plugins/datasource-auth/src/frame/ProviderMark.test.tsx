import { render } from '@testing-library/react';
import { ProviderMark } from './ProviderMark';

const mark = (title: string, host?: string) => {
  const { container, unmount } = render(
    <ProviderMark title={title} host={host} />,
  );
  const element = container.firstElementChild as HTMLElement;
  const seen = {
    letter: element.dataset.letter,
    colour: element.style.backgroundColor,
    text: element.textContent,
    hidden: element.getAttribute('aria-hidden'),
  };
  unmount();
  return seen;
};

describe('ProviderMark', () => {
  it('shows the first letter, hidden from screen readers and searches', () => {
    expect(mark('  jira Cloud')).toMatchObject({
      letter: 'J',
      text: '',
      hidden: 'true',
    });
    expect(mark('äpfel').letter).toBe('Ä');
    expect(mark('').letter).toBeUndefined();
  });

  it('uses the same color for the same provider, and different ones for others', () => {
    expect(mark('A', 'acme.example.com')).toEqual(
      mark('A', 'other.example.com:8443'),
    );
    const hosts = ['a.com', 'b.com', 'c.com', 'd.com', 'e.com', 'f.com'];
    expect(
      new Set(hosts.map(host => mark('A', host).colour)).size,
    ).toBeGreaterThan(3);
  });
});
