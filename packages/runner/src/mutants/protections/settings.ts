import { ProtectedPackage } from '../Protection';

const SETTINGS = 'settings.ts';
const SETTINGS_TEST = 'settings.test.ts';
const PATH = 'gatewayPath.ts';
const PATH_TEST = 'gatewayPath.test.ts';

export const settings: ProtectedPackage = {
  folder: 'plugins/datasource-auth-common',
  protections: [
    {
      name: 'no key reaches a prototype',
      file: SETTINGS,
      code: '.refine(key => !UNSAFE_KEYS.includes(key), {',
      off: '.refine(() => true, {',
      test: SETTINGS_TEST,
    },
    {
      name: 'no path reaches a prototype',
      file: SETTINGS,
      code: "!path.split('.').some(part => UNSAFE_KEYS.includes(part))",
      off: 'true',
      test: SETTINGS_TEST,
    },
    {
      name: 'an address is read as it is written',
      file: SETTINGS,
      code: '/^https?:\\/\\/(?!\\/)[^\\s\\\\]+$/i.test(filled) && !CONTROL.test(filled)',
      off: 'true',
      test: SETTINGS_TEST,
    },
    {
      name: 'reserved parameters are not set',
      file: SETTINGS,
      code: 'if (RESERVED.has(name.toLowerCase()) && !nonceTemplate) {',
      off: 'if (!name) {',
      test: SETTINGS_TEST,
    },
    {
      name: 'no parameter is renamed onto a reserved one',
      file: SETTINGS,
      code: 'if (RESERVED.has(to.toLowerCase()) && to !== from)',
      off: 'if (!from)',
      test: SETTINGS_TEST,
    },
    {
      name: 'what protects the exchange is not dropped',
      file: SETTINGS,
      code: "to === '' && UNDROPPABLE_PARAMETERS.includes(from)",
      off: 'false',
      test: SETTINGS_TEST,
    },
    {
      name: 'reserved headers are not set',
      file: SETTINGS,
      code: 'RESERVED_HEADERS.includes(name.toLowerCase())',
      off: 'false',
      test: SETTINGS_TEST,
    },
    {
      name: 'a header value has no line end',
      file: SETTINGS,
      code: 'else if (CONTROL.test(text))',
      off: 'else if (!name)',
      test: SETTINGS_TEST,
    },
    {
      name: 'a response type has no token',
      file: SETTINGS,
      code: '.refine(type => !/token/i.test(type), {',
      off: '.refine(() => true, {',
      test: SETTINGS_TEST,
    },
    {
      name: 'what is shown is no token, by its name',
      file: SETTINGS,
      code: "path => !TOKEN_SPELLINGS.includes(spelling(path.split('.').pop() ?? '')),",
      off: '() => true,',
      test: SETTINGS_TEST,
    },
    {
      name: 'what is shown is no token, by its place',
      file: SETTINGS,
      code: 'if (holdsToken)\n',
      off: 'if (!path)\n',
      test: SETTINGS_TEST,
    },
    {
      name: 'an allowed host is a host',
      file: SETTINGS,
      code: '/^(\\[[0-9a-f:.]+\\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\\d{1,5})?$/',
      off: '/./',
      test: SETTINGS_TEST,
    },
    {
      name: 'gateway: no dot segment',
      file: PATH,
      code: "if (path.split('/').some(isDotSegment)) return 'it contains a dot segment';",
      off: '',
      test: PATH_TEST,
    },
    {
      name: 'gateway: no encoded dot',
      file: PATH,
      code: "segment.replace(/%2e/gi, '.')",
      off: 'segment',
      test: PATH_TEST,
    },
    {
      name: 'gateway: no encoded slash',
      file: PATH,
      code: 'if (ENCODED_SEPARATOR.test(path))',
      off: 'if (!path)',
      test: PATH_TEST,
    },
    {
      name: 'gateway: nothing encoded twice',
      file: PATH,
      code: 'if (ENCODED_TWICE.test(path))',
      off: 'if (!path)',
      test: PATH_TEST,
    },
    {
      name: 'gateway: no backslash',
      file: PATH,
      code: "if (path.includes('\\\\')) return 'it contains a backslash';",
      off: '',
      test: PATH_TEST,
    },
    {
      name: 'gateway: no two slashes',
      file: PATH,
      code: "if (path.includes('//')) return 'it contains two slashes in a row';",
      off: '',
      test: PATH_TEST,
    },
  ],
};
