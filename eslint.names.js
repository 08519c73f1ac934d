const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/*
 * What differs between grants and between client authentications stands in their descriptors: whoever compares names
 * elsewhere forgets the next one. The rule `yoda` keeps the names on the right.
 */
const GRANTS = readdirSync(
  join(__dirname, 'plugins/datasource-auth-common/src/grants'),
)
  .filter(file => /^[a-z]/.test(file) && file !== 'index.ts')
  .map(file =>
    file.slice(0, -'.ts'.length).replace(/[A-Z]/g, c => `_${c.toLowerCase()}`),
  );

const NAMES = [
  ['clientAuthentication', '[right.value=/./]'],
  ['grantType', '[right.value=/./]'],
  // A step of an exchange that has no grant's name may be compared.
  ['step', `[right.value=/^(${GRANTS.join('|')})$/]`],
];

const compared = NAMES.flatMap(([name, literal]) =>
  ['name', 'property.name'].flatMap(path => [
    `BinaryExpression[left.${path}="${name}"]${literal}`,
    `SwitchStatement[discriminant.${path}="${name}"]`,
  ]),
);

module.exports = {
  restrictedSrcSyntax: compared.map(selector => ({
    selector,
    message: 'Ask the descriptor instead of comparing names.',
  })),
  overrides: [
    {
      files: ['**/clientAuthentications/**', '**/grants/**', '**/kinds/**'],
      rules: { 'no-restricted-syntax': 'off' },
    },
  ],
};
