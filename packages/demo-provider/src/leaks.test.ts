import { LeakDetector } from './leaks';

const SECRET = 'canary+/%"é-7c1f90ab';

describe('LeakDetector', () => {
  const basic = Buffer.from(`id:${SECRET}`);

  it.each([
    ['raw', `failed: ${SECRET}`],
    ['in a URL', `https://x/?s=${encodeURIComponent(SECRET)}`],
    [
      'in a URL in a URL',
      encodeURIComponent(`?s=${encodeURIComponent(SECRET)}`),
    ],
    ['in a form', new URLSearchParams({ a: SECRET }).toString()],
    ['in JSON', JSON.stringify({ a: SECRET })],
    ['in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: SECRET }) })],
    ['in JSON in a URL', encodeURIComponent(JSON.stringify({ a: SECRET }))],
    ['in HTML', `<p>${SECRET.replace('"', '&#34;')}</p>`],
    ['in base64', `Basic ${basic.toString('base64')}`],
    ['in base64url', basic.toString('base64url')],
    ['in base64 of Latin-1', Buffer.from(SECRET, 'latin1').toString('base64')],
    ['in bytes that were read as Latin-1', basic.toString('latin1')],
    ['in hexadecimal', basic.toString('hex')],
  ])('finds a leak planted %s', (_, text) => {
    expect(LeakDetector.create([SECRET]).leaks(`… ${text} …`)).toEqual([
      SECRET,
    ]);
  });

  it('finds nothing if there is nothing', () => {
    expect(
      LeakDetector.create([SECRET]).leaks('canary, but no secret'),
    ).toEqual([]);
  });

  it('does not search for values that could occur by chance', () => {
    expect(() => LeakDetector.create(['read'])).toThrow('too short');
  });
});
