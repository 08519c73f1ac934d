import { mask, secretSpellings } from './secretSpellings';

const SECRET = 'k/1 &?ü';

describe('a secret in a text', () => {
  it.each([
    ['as it is', SECRET],
    ['in an address', encodeURIComponent(SECRET)],
    ['in an address, in lower case', 'k%2f1%20%26%3f%c3%bc'],
    ['in a form', new URLSearchParams({ '': SECRET }).toString().slice(1)],
    ['as Base64', Buffer.from(SECRET).toString('base64')],
    ['as Base64 for addresses', Buffer.from(SECRET).toString('base64url')],
  ])('is masked %s', (_, spelling) => {
    expect(mask(`a ${spelling} b`, [SECRET])).toMatch(/^a \*\*\*=* b$/);
  });

  it('is masked completely if a shorter one is part of it', () => {
    expect(mask('long-secret', ['long', 'long-secret'])).toBe('***');
  });

  it('is left alone if it is too short to protect anything', () => {
    expect(secretSpellings(['', 'abc'])).toEqual([]);
    expect(mask('200 abc', ['abc', ''])).toBe('200 abc');
    expect(mask(undefined, [SECRET])).toBeUndefined();
  });
});
