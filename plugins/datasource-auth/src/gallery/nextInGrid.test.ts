import { nextInGrid } from './nextInGrid';

/** Elements in rows of three: 0 1 2, 3 4 5, and after a heading 6. */
const [first, ...others] = Array.from({ length: 7 }, (_, at) => {
  const element = document.createElement('a');
  element.id = String(at);
  element.getBoundingClientRect = () =>
    ({ left: (at % 3) * 100, top: Math.floor(at / 3) * 50 } as DOMRect);
  return element;
});
const elements = [first, ...others];

const from = (at: number, key: string) => {
  const next = nextInGrid(elements, elements[at], key);
  return next instanceof Element ? Number(next.id) : next;
};

describe('nextInGrid', () => {
  it('N8 moves in the four directions, to the nearest in the next row, and to both ends', () => {
    expect(from(0, 'ArrowRight')).toBe(1);
    expect(from(2, 'ArrowRight')).toBe(3);
    expect(from(3, 'ArrowLeft')).toBe(2);
    expect(from(1, 'ArrowDown')).toBe(4);
    expect(from(4, 'ArrowUp')).toBe(1);
    expect(from(5, 'ArrowDown')).toBe(6);
    expect(from(6, 'ArrowUp')).toBe(3);
    expect(from(4, 'End')).toBe(6);
    expect(from(4, 'Home')).toBe(0);
  });

  it('N8 leaves the grid at its top, and stays at the other ends', () => {
    expect(from(1, 'ArrowUp')).toBe('before');
    expect(from(0, 'ArrowLeft')).toBeUndefined();
    expect(from(6, 'ArrowRight')).toBeUndefined();
    expect(from(6, 'ArrowDown')).toBeUndefined();
    expect(from(1, 'Enter')).toBeUndefined();
    expect(nextInGrid(elements, document.body, 'ArrowDown')).toBeUndefined();
  });
});
