import { existsSync, readFileSync } from 'node:fs';
import { inRepository } from '../repository';
import { protectedPackages } from './protections';

const all = protectedPackages.flatMap(({ folder, protections }) =>
  protections.map(protection => ({
    ...protection,
    label: `${folder}: ${protection.name}`,
    source: inRepository(folder, 'src', protection.file),
    testFile: inRepository(folder, 'src', protection.test),
  })),
);

describe('the protections that `make mutants` disables', () => {
  it.each(all)('occur in the code exactly once: $label', protection => {
    const { code, off, source, testFile } = protection;
    expect(off).not.toBe(code);
    expect(readFileSync(source, 'utf8').split(code)).toHaveLength(2);
    expect(existsSync(testFile)).toBe(true);
  });

  it('have unique names', () => {
    const names = all.map(({ label }) => label);
    expect([...new Set(names)]).toEqual(names);
  });
});
