import { shareEqual } from './shareEqual';

describe('shareEqual', () => {
  const share = shareEqual((text): string[] => JSON.parse(text));

  it('returns one object for equal texts', () => {
    expect(share('["a"]')).toBe(share('["a"]'));
    expect(share('["b"]')).toEqual(['b']);
  });

  it('lets no holder change it for the others', () => {
    expect(() => share('["a"]').push('b')).toThrow(TypeError);
  });

  it('remembers no long text', () => {
    const long = JSON.stringify(['a'.repeat(5_000)]);
    expect(share(long)).toEqual(share(long));
    expect(share(long)).not.toBe(share(long));
  });
});
