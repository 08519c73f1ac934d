import { undeclaredImports } from './undeclaredImports';

describe('undeclaredImports', () => {
  const manifest = {
    name: 'own',
    dependencies: { '@scope/asked': '^1.0.0' },
    peerDependencies: { react: '*' },
  };

  it.each([
    `import { a } from 'missing';`,
    `import 'missing/style.css';`,
    `export * from "missing";`,
    `const page = () => import('missing');`,
    `const a = require('missing/deep');`,
    `declare const a: import("missing").A;`,
  ])('finds what %s loads', code => {
    expect(undeclaredImports(manifest, [code, code])).toEqual(['missing']);
  });

  it.each([
    `import { a } from '@scope/asked/alpha';`,
    `import React from 'react';`,
    `import { a } from './missing';`,
    `import { a } from 'own/testUtils';`,
    `import { readFileSync } from 'node:fs';`,
    `const a = require('fs/promises');`,
    `const text = "add(import('missing'))"; // from 'missing'`,
  ])('accepts %s', code => {
    expect(undeclaredImports(manifest, [code])).toEqual([]);
  });
});
