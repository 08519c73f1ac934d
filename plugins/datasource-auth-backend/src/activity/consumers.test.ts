import { summarizeConsumers } from './consumers';

const HOUR = 60 * 60_000;
const NOW = 1_000 * HOUR;

const used = (plugin: string, hoursAgo: number, change = {}) => ({
  plugin,
  hour: NOW - hoursAgo * HOUR,
  handOuts: 1,
  rejections: 0,
  refusals: 0,
  ...change,
});

describe('consumers', () => {
  it('X0.2 are those that are allowed but never used it, and those that used it without being allowed', () => {
    expect(
      summarizeConsumers(
        ['search', 'catalog'],
        [
          used('catalog', 1),
          used('scaffolder', 2, { handOuts: 0, refusals: 4 }),
        ],
        NOW,
        new Map([
          ['catalog', NOW - 900 * HOUR - 7],
          ['scaffolder', NOW - 2 * HOUR + 5],
          ['forgotten', NOW - 5_000 * HOUR],
        ]),
      ),
    ).toEqual([
      {
        plugin: 'catalog',
        allowed: true,
        handOuts24h: 1,
        rejections24h: 0,
        refusals24h: 0,
        firstSeenAt: NOW - 900 * HOUR - 7,
        lastUsedAt: NOW - HOUR,
      },
      {
        plugin: 'scaffolder',
        allowed: false,
        handOuts24h: 0,
        rejections24h: 0,
        refusals24h: 4,
        firstSeenAt: NOW - 2 * HOUR + 5,
        lastRefusedAt: NOW - 2 * HOUR,
      },
      {
        plugin: 'search',
        allowed: true,
        handOuts24h: 0,
        rejections24h: 0,
        refusals24h: 0,
      },
    ]);
  });

  it('are all allowed if the list says so', () => {
    expect(summarizeConsumers('*', [used('anything', 1)], NOW)).toEqual([
      expect.objectContaining({ plugin: 'anything', allowed: true }),
    ]);
    expect(summarizeConsumers('*', [], NOW)).toEqual([]);
  });

  it('are counted for a day, but remember their last use and refusal longer', () => {
    const [line] = summarizeConsumers(
      [],
      [
        used('catalog', 3, { handOuts: 5, rejections: 2 }),
        used('catalog', 23),
        used('catalog', 24),
        used('catalog', 50, { refusals: 1 }),
        used('catalog', 90, { refusals: 1 }),
        used('catalog', 700),
      ],
      NOW,
    );
    expect(line).toMatchObject({
      handOuts24h: 6,
      rejections24h: 2,
      refusals24h: 0,
      lastUsedAt: NOW - 3 * HOUR,
      lastRefusedAt: NOW - 50 * HOUR,
    });
  });
});
