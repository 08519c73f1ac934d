import { fillInstance } from './instanceValues';

const instance = {
  tenant: 'acme',
  empty: '',
  key: { secret: true, value: 'hush' },
  kept: { secret: true },
};

describe('fillInstance', () => {
  it.each([
    ['{{instance.tenant}}/{{ instance.empty }}', 'acme/'],
    ['{{instance.key}}', '{{instance.key}}'],
    ['{{tenant}} {{kept.tenant}}', '{{tenant}} {{kept.tenant}}'],
    ['{{instance.toString}}', '{{instance.toString}}'],
    ['{{instance.}}', '{{instance.}}'],
  ])('fills %s as %s', (text, filled) => {
    expect(fillInstance(text, instance)).toBe(filled);
  });

  it('fills in secrets only if requested and known', () => {
    expect(
      fillInstance('{{instance.key}} {{instance.kept}}', instance, {
        secrets: true,
      }),
    ).toBe('hush {{instance.kept}}');
  });

  it('leaves every template if there are no values', () => {
    expect(fillInstance('{{instance.tenant}}', undefined)).toBe(
      '{{instance.tenant}}',
    );
  });
});
