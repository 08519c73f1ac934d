import { isReadable, isToken } from './legibility';

describe('values that a header can contain', () => {
  it.each(['a', 'eyJhbGciOi.J9-_~+/=', '!#$&*', 'two words', '"quoted"'])(
    'accepts the token %p',
    token => expect(isToken(token)).toBe(true),
  );

  it.each([
    '',
    ' a',
    'a ',
    'a\n',
    'a\r\nb',
    'a\tb',
    'a\u0000b',
    'a\u007fb',
    'a\ufffdb',
    'é',
    '😀',
    '\ud800',
    'a\u2028b',
  ])('rejects the token %p', token => expect(isToken(token)).toBe(false));

  it.each([
    ['Zürich', true],
    ['a b', true],
    ['a\u0000b', false],
    ['a\nb', false],
    ['a\ufffdb', false],
    ['\udfff', false],
  ])('reads %p: %p', (text, readable) =>
    expect(isReadable(text)).toBe(readable),
  );
});
