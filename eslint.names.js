/*
 * What differs between client authentications stands in their descriptors: whoever compares names elsewhere forgets the
 * next one. The rule `yoda` keeps the names on the right.
 */
const NAMES = ['clientAuthentication'];

const compared = NAMES.flatMap(name =>
  ['name', 'property.name'].flatMap(path => [
    `BinaryExpression[left.${path}='${name}'][right.type='Literal']`,
    `SwitchStatement[discriminant.${path}='${name}']`,
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
