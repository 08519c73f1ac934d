const UNITS: Array<[name: string, milliseconds: number]> = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** A length of time in words: its largest unit, rounded. */
export function inWords(milliseconds: number): string {
  const [name, length] =
    UNITS.find(unit => milliseconds >= unit[1]) ?? UNITS[UNITS.length - 1];
  const count = Math.round(milliseconds / length);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
